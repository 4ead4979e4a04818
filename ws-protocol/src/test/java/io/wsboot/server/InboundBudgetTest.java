package io.wsboot.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import io.wsboot.WsSession;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.Limit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What many peers have sent and nobody has handled: each may be within its own bounds,
 * but not all together.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource
class InboundBudgetTest {

	private static final int BUDGET = 1 << 20;

	/** Of which the budget takes four, and not five. */
	private static final int SIZE = 220_000;

	@Parameter
	private Wire wire;

	private final CountDownLatch release = new CountDownLatch(1);

	private final RecordingHandler handler = new RecordingHandler((session, what) -> {
		if (what.startsWith("text") || what.startsWith("binary")) {
			this.release.await();
		}
	});

	private final BlockingQueue<Limit> told = new LinkedBlockingQueue<>();

	private RunningServer start(long budget) {
		return this.wire.start(this.handler,
				(options) -> options.pingInterval(Duration.ZERO)
					.idleTimeout(Duration.ZERO)
					.inbound(new InboundOptions(256, 1 << 20, 0, 1000, 0, budget)),
				(builder) -> builder.observer(new WsServerObserver() {

					@Override
					public void limited(Limit limit) {
						InboundBudgetTest.this.told.add(limit);
					}

				}));
	}

	private static byte[] unfinished(int length) {
		byte[] frame = RawClient.frame(0x82, new byte[length + 1]);
		return Arrays.copyOf(frame, frame.length - 1);
	}

	private static void expectPending(RunningServer server, long from, long to) {
		Awaitility.await().untilAsserted(() -> assertThat(server.server.stats().pendingBytes()).isBetween(from, to));
	}

	private static void expectNothingPending(RunningServer server) {
		expectPending(server, 0, 0);
	}

	@Test
	void unfinishedMessagesAreBoundedAndTheBiggestGoes() {
		try (RunningServer server = start(BUDGET)) {
			RawClient honest = server.open("/echo");
			RawClient biggest = server.open("/echo");
			biggest.send(unfinished(SIZE + 20_000));
			expectPending(server, SIZE + 20_000, 2 * SIZE);
			List<RawClient> others = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				others.add(server.open("/echo"));
				others.get(i).send(unfinished(SIZE));
			}
			biggest.expectClose(1013);
			assertThat(this.told).containsExactly(Limit.TOTAL_PENDING);
			honest.expectEcho("still here");
			expectPending(server, 4 * SIZE, BUDGET);
			others.forEach((client) -> client.send(new byte[1]));
			others.forEach((client) -> {
				int echoed = 0;
				while (echoed < SIZE + 1) {
					echoed += client.readFrame().payload().length;
				}
			});
			others.forEach(RawClient::reset);
			biggest.reset();
			expectNothingPending(server);
		}
	}

	@Test
	void oneMessageThatIsTooMuchByItselfIsGivenUp() {
		try (RunningServer server = start(SIZE / 2)) {
			RawClient client = server.open("/echo");
			client.send(unfinished(SIZE));
			client.expectClose(1013);
			client.reset();
			expectNothingPending(server);
			server.open("/echo").expectEcho("still here");
		}
	}

	@Test
	void zeroIsNoLimitButCounts() {
		try (RunningServer server = start(0)) {
			RawClient client = server.open("/echo");
			client.send(unfinished(SIZE));
			expectPending(server, SIZE, 2 * SIZE);
			client.reset();
			expectNothingPending(server);
			assertThat(this.told).isEmpty();
		}
	}

	@Test
	void beginningsOfHeadsCount() {
		assumeThat(this.wire.readsRequests()).as("not another server").isTrue();
		try (RunningServer server = start(BUDGET)) {
			List<RawClient> clients = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				RawClient client = server.connect();
				client.send("GET /echo HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(3000));
				clients.add(client);
			}
			expectPending(server, 20 * 3000, 20 * 6200);
			clients.forEach(RawClient::reset);
			expectNothingPending(server);
		}
	}

	/** An idle session costs as much as it did, but not what a big head has. */
	@Test
	void bigHeadsThatSessionsKeepCount() {
		try (RunningServer server = start(BUDGET)) {
			server.connect().handshake("/echo", "X: " + "x".repeat(1000)).expectEcho("a usual head");
			expectNothingPending(server);
			RawClient client = server.connect().handshake("/echo", "X: " + "x".repeat(7000));
			expectPending(server, 5000, 8000);
			client.closeInOrder();
			expectNothingPending(server);
		}
	}

	@Test
	void messagesThatWaitForHandlersAreBoundedAndThoseGivenUpAreNotHandled() {
		try (RunningServer server = start(BUDGET)) {
			List<RawClient> clients = new ArrayList<>();
			List<WsSession> sessions = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				clients.add(server.open("/"));
				sessions.add(this.handler.expectOpen());
			}
			for (RawClient client : clients) { // a running one and a waiting one each
				client.sendBinary(new byte[100_000]);
				client.sendBinary(new byte[100_000]);
				this.handler.expect("binary 100000");
			}
			expectPending(server, 600_000, 620_000);
			for (int i = 0; i < 5; i++) {
				clients.get(1).sendBinary(new byte[100_000]);
			}
			clients.get(1).expectClose(1013);
			expectPending(server, 500_000, 520_000); // one is running still
			server.open("/echo").expectEcho("still here");
			assertThat(sessions).extracting(WsSession::isOpen).containsExactly(true, false, true);
			this.handler.expectNothing();
			this.release.countDown();
			int handled = 0;
			int closed = 0;
			while (handled + closed < 3) {
				RecordingHandler.Call call = this.handler.next();
				if (call.session() == sessions.get(1)) {
					assertThat(call.what()).isEqualTo("close 1013");
					closed++;
				}
				else {
					assertThat(call.what()).isEqualTo("binary 100000");
					handled++;
				}
			}
			assertThat(closed).isOne();
			expectNothingPending(server);
			assertThat(this.told).containsExactly(Limit.TOTAL_PENDING);
			clients.forEach(RawClient::reset);
		}
	}

	/** What handlers are at work on cannot be given up, so others wait for them. */
	@Test
	void whoHoldsLittleWaitsForHandlersThatHoldTheRest() {
		try (RunningServer server = start(100_000)) {
			List<RawClient> busy = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				busy.add(server.open("/"));
			}
			RawClient third = server.open("/echo");
			RawClient small = server.open("/echo");
			busy.forEach((client) -> client.sendBinary(new byte[14_000]));
			Awaitility.await().until(() -> server.server.pressure().isPressed());
			small.expectEcho("fits");
			third.sendText("x".repeat(3000));
			small.expectEcho("fits");
			server.settle();
			assertThat(server.server.pressure().isPressed()).isTrue();
			this.release.countDown();
			assertThat(new String(third.readFrame().payload(), StandardCharsets.US_ASCII)).hasSize(3000);
			small.expectEcho("fits");
			expectNothingPending(server);
			assertThat(server.server.pressure().isPressed()).isFalse();
			assertThat(this.told).isEmpty();
		}
	}

	/**
	 * Else whoever comes back again and again could fill the budget with what it left.
	 */
	@Test
	void whatWaitsOfClientsThatGoIsLetGoOfUnderPressure() {
		try (RunningServer server = start(100_000)) {
			RawClient leaves = server.open("/");
			WsSession its = this.handler.expectOpen();
			leaves.sendBinary(new byte[10_000]);
			leaves.sendBinary(new byte[10_000]);
			expectPending(server, 20_000, 21_000);
			assertThat(this.handler.next().what()).isEqualTo("binary 10000");
			// what the handler is at work on cannot be given up, and what else there is
			// would
			// not help
			List<RawClient> others = new ArrayList<>();
			for (int length : new int[] { 15_360, 15_360, 15_360, 15_360, 15_360, 1_536, 1_536 }) {
				RawClient other = server.open("/");
				this.handler.expectOpen();
				other.sendBinary(new byte[length]);
				others.add(other);
				assertThat(this.handler.next().what()).isEqualTo("binary " + length);
			}
			Awaitility.await().until(() -> server.server.pressure().isPressed());
			expectPending(server, 100_000, 120_000);
			leaves.reset();
			expectPending(server, 90_000, 100_000);
			this.release.countDown();
			expectNothingPending(server);
			RecordingHandler.Call call = this.handler.next();
			while (call.session() != its) {
				call = this.handler.next();
			}
			assertThat(call.what()).as("instead of the second message").startsWith("close");
			assertThat(this.told).isEmpty();
			others.forEach(RawClient::reset);
		}
	}

	/** However little one holds, it is held for many. */
	@Test
	void smallMessagesCountWithWhatTheyCostBesideTheirBytes() {
		try (RunningServer server = start(BUDGET)) {
			RawClient client = server.open("/");
			for (int i = 0; i < 200; i++) {
				client.sendText("");
			}
			expectPending(server, 200 * 90, 200 * 100);
			client.reset();
			this.release.countDown();
			expectNothingPending(server);
		}
	}

	/** Two bytes for each character, if one of them is beyond Latin-1. */
	@Test
	void textCountsAsJavaHoldsIt() {
		try (RunningServer server = start(BUDGET)) {
			RawClient client = server.open("/");
			client.sendText("x".repeat(10_000));
			expectPending(server, 10_000, 10_240); // counted in KiB
			client.sendText("x".repeat(10_000) + "\u20ac");
			expectPending(server, 30_000, 30_720);
			this.release.countDown();
			expectNothingPending(server);
		}
	}

}
