package io.wsboot.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.wsboot.Message;
import io.wsboot.WsSession;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.session.Session;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler on one event loop does not return. The bounds of all connections hold for
 * those of the other loop.
 */
@Timeout(60)
class StuckLoopTest {

	private final CountDownLatch release = new CountDownLatch(1);

	private final CountDownLatch stuck = new CountDownLatch(1);

	private final RecordingHandler handler = new RecordingHandler((session, what) -> {
		if (what.equals("text stuck")) {
			this.stuck.countDown();
			this.release.await();
		}
	});

	/** With one session on each loop; the handler of the first is stuck. */
	private void beside(InboundOptions inbound, OutboundOptions outbound, Scenario scenario) throws Exception {
		try (RunningServer server = new RunningServer(this.handler,
				(options) -> options.eventLoops(2).pingInterval(Duration.ZERO).inbound(inbound).outbound(outbound))) {
			RawClient first = server.open("/loop");
			WsSession stuckSession = this.handler.expectOpen();
			RawClient second = server.openWithSmallWindow("/loop");
			Session session = (Session) this.handler.expectOpen();
			assertThat(session.link().loop()).isNotSameAs(((Session) stuckSession).link().loop());
			first.sendText("stuck");
			assertThat(this.stuck.await(10, TimeUnit.SECONDS)).isTrue();
			try {
				scenario.run(server, second, session);
			}
			finally {
				this.release.countDown();
			}
		}
	}

	private interface Scenario {

		void run(RunningServer server, RawClient client, Session session);

	}

	private static void awaitPassing(RunningServer server, Session session, BooleanSupplier condition) {
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
			// the naming comes before the clock goes on, or in a later second
			CompletableFuture<Void> passed = new CompletableFuture<>();
			session.link().loop().execute(() -> passed.complete(null));
			passed.orTimeout(10, TimeUnit.SECONDS).join();
			server.clock.advance(Duration.ofMillis(500));
			return condition.getAsBoolean();
		});
	}

	@Test
	void whatWaitsForSlowReadersIsGivenUp() throws Exception {
		beside(InboundOptions.DEFAULTS,
				new OutboundOptions(8 << 20, 1 << 20, OverflowPolicy.CLOSE, Duration.ZERO, 64 * 1024),
				(server, client, session) -> {
					while (!server.server.budget().isExceeded()) {
						session.send(Message.binary(ByteBuffer.allocate(16 * 1024)));
					}
					awaitPassing(server, session, () -> !session.isOpen());
				});
	}

	@Test
	void whatHasArrivedIsGivenUp() throws Exception {
		beside(new InboundOptions(256, 1 << 20, 0, 1000, 0, 64 * 1024), OutboundOptions.DEFAULTS,
				(server, client, session) -> {
					byte[] frame = RawClient.frame(0x82, new byte[100_000]);
					client.send(Arrays.copyOf(frame, frame.length - 1));
					awaitPassing(server, session, () -> !session.isOpen());
					client.expectClose(1013);
				});
	}

}
