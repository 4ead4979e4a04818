package io.wsboot.spring.tomcat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.ClientBytes;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.spi.SessionReading;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tomcat's buffers belong to the connection and have a fixed size, so that nothing of
 * Tomcat's counts for the budget of all connections.
 */
@Timeout(60)
class HeldMemoryTests {

	private static final int SESSIONS = 200;

	/** Less than the sockets take, so that no client waits. */
	private static final ClientBytes MESSAGE = new ClientBytes().text("x".repeat(40_000));

	/** Bytes, of whatever else happens in this process; a fraction of all messages. */
	private static final long MARGIN = 2_000_000;

	/** Is not read behind its first message. */
	private static final class Pausing implements WsHandler {

		private final AtomicInteger messages = new AtomicInteger();

		private volatile boolean over;

		@Override
		public void onText(WsSession session, String text) {
			if (!this.over) {
				SessionReading.of(session).pause();
				this.messages.incrementAndGet();
			}
		}

	}

	private static long usedHeap() {
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	@ParameterizedTest
	@EnumSource(names = { "WIRE", "TLS_WIRE", "NIO2", "TLS_NIO2" })
	void sessionsThatAreNotReadTakeNoMoreThanIdleOnes(Way way) throws Exception {
		Pausing handler = new Pausing();
		List<Client> clients = new ArrayList<>();
		try (SharedTomcat server = SharedTomcat.start(way); Client beside = Client.open(server)) {
			server.engine.addHandler("/unread", handler, EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP));
			for (int i = 0; i < SESSIONS; i++) {
				clients.add(Client.open(server, "/unread").send(MESSAGE)); // which fills
																			// all buffers
			}
			SharedTomcat.eventually().until(() -> handler.messages.get() == SESSIONS);
			long before = usedHeap();
			for (Client client : clients) {
				client.send(MESSAGE);
			}
			SharedTomcat.eventually()
				.pollInterval(Duration.ofMillis(100))
				.during(Duration.ofMillis(300))
				.untilAsserted(() -> {
					beside.expectEcho("still here");
					assertThat(usedHeap()).isLessThan(before + MARGIN);
				});
			assertThat(server.engine.stats().pendingBytes()).isZero();
			for (Client client : clients) {
				client.reset();
			}
			handler.over = true; // so that sessions see their end
			server.engine.sessions().stream().forEach((session) -> SessionReading.of(session).resume());
			server.expectSessions(1);
			beside.closeInOrder();
		}
	}

}
