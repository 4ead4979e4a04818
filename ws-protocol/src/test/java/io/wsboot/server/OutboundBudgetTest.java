package io.wsboot.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Frame;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.spi.WsServerObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many peers that do not read: each may be within its own bound, but not all together.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource
class OutboundBudgetTest {

	private static final int SIZE = 16 * 1024;

	@Parameter
	private Wire wire;

	private final RecordingHandler handler = new RecordingHandler();

	private final AtomicInteger shed = new AtomicInteger();

	private RunningServer start(long budget, int fragmentationThreshold) {
		return this.wire.start(this.handler,
				(options) -> options.pingInterval(Duration.ZERO)
					.eventLoops(2)
					.fragmentationThreshold(fragmentationThreshold)
					.outbound(new OutboundOptions(8 << 20, 1 << 20, OverflowPolicy.CLOSE, Duration.ZERO, budget)),
				(builder) -> builder.observer(new WsServerObserver() {

					@Override
					public void error(ErrorKind kind) {
						if (kind == ErrorKind.SHED) {
							OutboundBudgetTest.this.shed.incrementAndGet();
						}
					}

				}));
	}

	private static Message numbered(int number) {
		return Message.binary(ByteBuffer.allocate(SIZE).putInt(0, number));
	}

	/** Each loop has ended the round that it was in, and one more. */
	private static void pass(RunningServer server) {
		for (int i = 0; i < 2; i++) {
			for (EventLoop loop : server.server.loops()) {
				CompletableFuture<Void> passed = new CompletableFuture<>();
				loop.execute(() -> passed.complete(null));
				passed.orTimeout(10, TimeUnit.SECONDS).join();
			}
		}
	}

	/** Sends until more than some bytes wait for good. */
	private static void fill(WsSession session, long bytes) {
		int same = 0;
		long before = -1;
		while (same < 20) {
			while (session.queuedBytes() <= bytes) {
				assertThat(session.send(numbered(0))).isIn(SendResult.QUEUED, SendResult.CONGESTED);
			}
			long now = session.queuedBytes();
			same = (now == before) ? same + 1 : 0; // buffers of the system may grow
			before = now;
			Awaitility.await().pollDelay(Duration.ofMillis(2)).until(() -> true);
		}
	}

	private static void expectWithinBudget(RunningServer server) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> !server.server.budget().isExceeded());
	}

	private static void expectNothingCounted(RunningServer server) {
		Awaitility.await().untilAsserted(() -> assertThat(server.server.budget().held()).isZero());
	}

	@Test
	void theWorstGoFirst() {
		try (RunningServer server = start(48 * SIZE, 0)) {
			RawClient fast = server.open("/echo");
			List<RawClient> clients = new ArrayList<>();
			List<WsSession> sessions = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				clients.add(server.openWithSmallWindow("/"));
				sessions.add(this.handler.expectOpen());
				fill(sessions.get(i), (i < 7) ? i * SIZE : 14 * SIZE);
			}
			pass(server);
			assertThat(this.shed).hasValue(0);
			long most = sessions.get(7).queuedBytes();
			for (int i = 0; sessions.stream().allMatch(WsSession::isOpen); i++) {
				assertThat(sessions.get(i % 7).queuedBytes()).isLessThan(most);
				sessions.get(i % 7).send(numbered(1)); // it is not the sender that counts
				expectWithinBudget(server);
			}
			assertThat(sessions.get(7).isOpen()).isFalse();
			assertThat(sessions.subList(0, 7)).allMatch(WsSession::isOpen);
			assertThat(this.shed).hasValue(1);
			assertThat(sessions.get(7).send("more")).isEqualTo(SendResult.CLOSED);
			fast.expectEcho("still here");
			Frame frame = clients.get(7).readFrame();
			while (frame.opcode() == RawClient.BINARY) {
				frame = clients.get(7).readFrame();
			}
			assertThat(frame.closeCode()).isEqualTo(1013);
			clients.forEach(RawClient::reset);
			expectNothingCounted(server);
		}
	}

	@Test
	void theTotalStaysWithinTheBudgetAndAFastReaderMissesNothing() {
		int readers = 30;
		long budget = 64 * SIZE;
		try (RunningServer server = start(budget, 0)) {
			RawClient fast = server.open("/");
			WsSession fastest = this.handler.expectOpen();
			List<RawClient> clients = new ArrayList<>();
			List<WsSession> slow = new ArrayList<>();
			for (int i = 0; i < readers; i++) {
				clients.add(server.openWithSmallWindow("/"));
				slow.add(this.handler.expectOpen());
			}
			long bound = budget + (readers + 1) * (SIZE + 10L);
			int sent = 0;
			while (slow.stream().filter(WsSession::isOpen).count() > 5) {
				server.server.sessions().broadcast(numbered(sent));
				assertThat(server.server.stats().queuedBytes()).isLessThanOrEqualTo(bound);
				assertThat(ByteBuffer.wrap(fast.readFrame().payload()).getInt()).isEqualTo(sent);
				pass(server);
				expectWithinBudget(server);
				sent++;
			}
			assertThat(fastest.isOpen()).isTrue();
			assertThat(this.shed.get()).isGreaterThanOrEqualTo(readers - 5);
			clients.forEach(RawClient::reset);
			expectNothingCounted(server);
		}
	}

	/** It cannot read its Close frame before the frame that it is in the middle of. */
	@Test
	void aPeerInTheMiddleOfAFrameThatIsTooMuchByItselfIsDropped() {
		try (RunningServer server = start(SIZE, 0)) {
			server.openWithSmallWindow("/");
			WsSession session = this.handler.expectOpen();
			while (session.isOpen()) {
				session.send(Message.binary(ByteBuffer.allocate(4 << 20)));
				pass(server);
			}
			server.expectNothingLeft();
			expectNothingCounted(server);
			assertThat(this.shed).hasValue(2);
		}
	}

	@Test
	void zeroIsNoLimit() {
		try (RunningServer server = start(0, 0)) {
			server.openWithSmallWindow("/");
			WsSession session = this.handler.expectOpen();
			fill(session, 2 << 20);
			pass(server);
			assertThat(session.isOpen()).isTrue();
			assertThat(this.shed).hasValue(0);
		}
	}

}
