package io.wsboot.server;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Frame;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.WsServerObserver;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What time alone brings about: nothing just before a deadline, and the right thing at
 * it.
 */
class TimersTest {

	@Nested
	class Expiry {

		@Test
		void endsASessionThatIsBusyThen() {
			try (RunningServer server = expiring(Duration.ofMinutes(5))) {
				RawClient client = server.open("/");
				for (int i = 0; i < 30; i++) {
					client.expectEcho("busy " + i);
					server.advance(Duration.ofSeconds(10).minusNanos(i == 29 ? 1 : 0));
				}
				client.expectEcho("in time");
				server.advance(ManualClock.TICK);
				client.expectClose(4001);
				client.close();
				server.expectNothingLeft();
			}
		}

		@Test
		void leavesNoTimerBehindASessionThatEndsBefore() {
			try (RunningServer server = expiring(Duration.ofMinutes(5))) {
				server.open("/").closeInOrder();
				server.open("/").reset();
				server.expectNothingLeft();
			}
		}

		@Test
		void mayBeOverWhenTheSessionOpens() {
			try (RunningServer server = expiring(Duration.ofMinutes(-5))) {
				RawClient client = server.open("/");
				server.advance(ManualClock.TICK);
				client.expectClose(4001);
			}
		}

		private static RunningServer expiring(Duration after) {
			return new RunningServer(new RunningServer.Echo(), (options) -> {
			}, (builder) -> builder.handshakeInterceptor((request, next) -> next.proceed(request)
				.thenApply((decision) -> next.endpoint().equals("/")
						? ((HandshakeDecision.Accept) decision).withExpiry(after, CloseStatus.of(4001)) : decision)));
		}

	}

	private static final Duration INSTANT = Duration.ofNanos(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final RecordingHandler handler = new RecordingHandler();

	private final BlockingQueue<Long> roundTrips = new LinkedBlockingQueue<>();

	private final WsServerObserver observer = new WsServerObserver() {

		@Override
		public void pingRoundTrip(long nanos) {
			roundTrips.add(nanos);
		}

	};

	private RunningServer start(Consumer<WsServerOptionsBuilder> options) {
		return new RunningServer(this.handler, (some) -> {
			some.idleTimeout(Duration.ZERO).pingInterval(Duration.ZERO);
			options.accept(some);
		}, (builder) -> builder.observer(this.observer));
	}

	/** Passes a deadline that is so far away; until just before it, nothing comes. */
	private static void pass(RunningServer server, RawClient client, Duration timeout) {
		server.advance(timeout.minus(INSTANT));
		assertThat(client.hasNothing()).isTrue();
		assertThat(server.server.sockets()).isOne();
		server.advance(ManualClock.TICK);
	}

	@Test
	void anIdleSessionIsClosed() {
		try (RunningServer server = start((options) -> options.idleTimeout(SECOND.multipliedBy(60)))) {
			RawClient client = server.open("/");
			this.handler.expectOpen();
			server.advance(SECOND.multipliedBy(59));
			client.send(RawClient.frame(0x8A)); // any byte is a sign of life
			server.settle();
			this.handler.expect("pong ");
			pass(server, client, SECOND.multipliedBy(60));
			client.expectClose(1001);
			client.sendClose(1001);
			client.expectEof();
			this.handler.expect("close 1001");
		}
	}

	@Test
	void aSilentPeerIsPingedOnceAnInterval() throws Exception {
		try (RunningServer server = start(
				(options) -> options.pingInterval(SECOND.multipliedBy(2)).pongTimeout(SECOND.multipliedBy(20)))) {
			RawClient client = server.open("/");
			this.handler.expectOpen();
			for (int i = 0; i < 3; i++) {
				pass(server, client, SECOND.multipliedBy(2));
				Frame ping = client.readFrame();
				assertThat(ping.opcode()).isEqualTo(RawClient.PING);
				assertThat(ping.payload()).hasSize(8);
				server.advance(SECOND.multipliedBy(5));
				assertThat(client.hasNothing()).as("no more Pings").isTrue();
				client.send(RawClient.frame(0x8A, ping.payload()));
				assertThat(this.roundTrips.poll(10, TimeUnit.SECONDS)).isEqualTo(SECOND.toNanos() * 5);
				server.settle();
			}
			this.handler.expectNothing();
			client.closeInOrder();
			this.handler.expect("close 1000");
		}
	}

	@Test
	void aPeerThatDoesNotAnswerAPingIsDropped() {
		try (RunningServer server = start(
				(options) -> options.pingInterval(SECOND.multipliedBy(25)).pongTimeout(SECOND.multipliedBy(20)))) {
			RawClient client = server.open("/");
			this.handler.expectOpen();
			server.advance(SECOND.multipliedBy(25).plus(ManualClock.TICK));
			assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PING);
			pass(server, client, SECOND.multipliedBy(20));
			client.expectEnd();
			this.handler.expect("close 1006");
			server.expectNothingLeft();
		}
	}

	@Test
	void anyByteAnswersAPing() {
		try (RunningServer server = start(
				(options) -> options.pingInterval(SECOND.multipliedBy(25)).pongTimeout(SECOND.multipliedBy(20)))) {
			RawClient client = server.open("/");
			this.handler.expectOpen();
			server.advance(SECOND.multipliedBy(25).plus(ManualClock.TICK));
			assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PING);
			server.advance(SECOND.multipliedBy(19));
			client.sendText("busy");
			this.handler.expect("text busy");
			server.advance(SECOND.multipliedBy(24));
			assertThat(server.server.sockets()).isOne();
			client.closeInOrder();
			this.handler.expect("close 1000");
		}
	}

	@Test
	void aPeerThatDoesNotAnswerOurCloseIsDropped() {
		try (RunningServer server = start((options) -> options.closeTimeout(SECOND.multipliedBy(5)))) {
			RawClient client = server.open("/");
			WsSession session = this.handler.expectOpen();
			session.close(CloseStatus.of(4000));
			client.expectClose(4000);
			server.settle();
			pass(server, client, SECOND.multipliedBy(5));
			client.expectEnd();
			this.handler.expect("close 4000");
			server.expectNothingLeft();
		}
	}

	@Test
	void pingsBehindOurCloseAreAnsweredButWinNoTime() {
		try (RunningServer server = start((options) -> options.closeTimeout(SECOND.multipliedBy(5)))) {
			RawClient client = server.open("/");
			WsSession session = this.handler.expectOpen();
			session.close(CloseStatus.of(4000));
			client.expectClose(4000);
			server.settle();
			for (int i = 0; i < 4; i++) {
				server.advance(SECOND);
				client.sendPing("still there?");
				assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
			}
			server.advance(SECOND.plus(ManualClock.TICK));
			client.expectEnd();
			this.handler.expect("close 4000");
			server.expectNothingLeft();
		}
	}

	@Test
	void aPeerThatDoesNotEndTheConnectionIsDropped() {
		try (RunningServer server = start((options) -> options.closeTimeout(SECOND.multipliedBy(5)))) {
			RawClient client = server.open("/");
			this.handler.expectOpen();
			client.sendClose(1000);
			client.expectClose(1000);
			client.expectEof();
			this.handler.expect("close 1000");
			server.advance(SECOND.multipliedBy(5).minus(INSTANT));
			assertThat(server.server.sockets()).isOne();
			server.advance(ManualClock.TICK);
			server.expectNothingLeft();
		}
	}

	@Test
	void anOldSessionIsClosedWhateverItDoes() {
		try (RunningServer server = start((options) -> options.maxLifetime(SECOND.multipliedBy(3)))) {
			RawClient client = server.open("/echo");
			server.advance(SECOND.multipliedBy(2));
			client.expectEcho("busy");
			pass(server, client, SECOND);
			client.expectClose(1001);
		}
	}

	@Test
	void aSilenceOfOurOwnMakingIsNotHeldAgainstThePeer() throws Exception {
		var release = new java.util.concurrent.CountDownLatch(1);
		RecordingHandler slow = new RecordingHandler((session, what) -> {
			if (what.startsWith("text")) {
				release.await();
			}
		});
		try (RunningServer server = new RunningServer(slow,
				(options) -> options.idleTimeout(SECOND.multipliedBy(60))
					.pingInterval(Duration.ZERO)
					.inbound(new InboundOptions(1, 1 << 20, 0, 10)))) {
			RawClient client = server.open("/");
			client.sendText("a");
			slow.expect("open");
			slow.expect("text a");
			server.settle();
			server.advance(SECOND.multipliedBy(61));
			server.advance(SECOND.multipliedBy(61));
			release.countDown();
			client.sendText("b");
			slow.expect("text b");
			client.closeInOrder();
			slow.expect("close 1000");
		}
	}

}
