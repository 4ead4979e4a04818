package io.wsboot.spring.jetty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.TlsClient;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.spi.SessionReading;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.awaitility.Awaitility;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Jetty holds for sessions inside TLS that are not read counts for the budget of all
 * connections, and so is bounded. Jetty's pool here knows each buffer that is lent.
 */
@Timeout(60)
class HeldMemoryTests {

	private static final int BUDGET = 1 << 20;

	/** Together they would make Jetty hold more than twice the budget. */
	private static final int SESSIONS = 120;

	/** Of TLS handshakes, and of what the server is answering. */
	private static final int TRANSIENT = 256 * 1024;

	private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();

	/** Whether sessions are not read behind their first message. */
	private volatile boolean pauses = true;

	private final WsHandler pausing = new WsHandler() {

		@Override
		public void onText(WsSession session, String text) {
			if (HeldMemoryTests.this.pauses) {
				SessionReading.of(session).pause();
			}
		}

	};

	private long lent() {
		return this.buffers.getLeaks().stream().mapToLong((buffer) -> buffer.getByteBuffer().capacity()).sum();
	}

	private JettyHost start() {
		return new JettyHost.Builder(Way.TLS_WIRE).handler(this.pausing)
			.buffers(this.buffers)
			.options((options) -> options.inbound(new InboundOptions(256, 1 << 20, 0, 1000, 0, BUDGET)))
			.start();
	}

	/** Records of which Jetty reads as many as its buffer takes. */
	private static byte[] records(TlsClient client) {
		byte[][] records = new byte[30][];
		for (int i = 0; i < records.length; i++) {
			records[i] = client.seal(RawClient.textFrame("x".repeat(400)));
		}
		return RawClient.join(records);
	}

	private static Set<Integer> ports(JettyHost host) {
		return host.engine.sessions()
			.at("/")
			.stream()
			.map((session) -> Objects.requireNonNull(session.handshake().remoteAddress()).getPort())
			.collect(Collectors.toSet());
	}

	@Test
	void isBoundedForAllSessionsTogether() {
		try (JettyHost host = start(); RawClient beside = host.open("/echo")) {
			List<TlsClient> tls = new ArrayList<>();
			List<RawClient> clients = new ArrayList<>();
			for (int i = 0; i < SESSIONS; i++) {
				tls.add(host.tlsClient().shakeHands());
				clients.add(tls.get(i).raw().handshake("/ws/"));
			}
			Awaitility.await().until(() -> ports(host).size() == SESSIONS);
			tls.forEach((client) -> {
				client.send(records(client));
				beside.expectEcho("still here");
			});
			Awaitility.await().untilAsserted(() -> {
				assertThat(ports(host)).hasSizeBetween(SESSIONS / 4, SESSIONS / 2);
				assertThat(host.engine.stats().pendingBytes()).isBetween(BUDGET / 2L, (long) BUDGET);
				assertThat(lent()).isLessThan(BUDGET + TRANSIENT);
			});
			Set<Integer> served = ports(host);
			for (RawClient client : clients) {
				if (!served.contains(client.localPort())) {
					client.expectClose(1013);
				}
				client.reset();
			}
			this.pauses = false; // so that sessions see their end
			host.engine.sessions().stream().forEach((session) -> SessionReading.of(session).resume());
			beside.closeInOrder();
			host.expectNothingBut(host.idle());
			assertThat(host.engine.stats().pendingBytes()).isZero();
		}
	}

	@Test
	void partsOfRecordsCount() {
		try (JettyHost host = start()) {
			TlsClient tls = host.tlsClient().shakeHands();
			try (RawClient client = tls.raw().handshake("/ws/echo")) {
				for (int i = 0; i < 2; i++) {
					byte[] record = tls.seal(RawClient.textFrame("y".repeat(5000)));
					tls.send(Arrays.copyOf(record, 4000));
					Awaitility.await()
						.untilAsserted(() -> assertThat(host.engine.stats().pendingBytes()).isBetween(4000L, 40_000L));
					tls.send(Arrays.copyOfRange(record, 4000, record.length));
					assertThat(client.readText()).hasSize(5000);
					Awaitility.await().until(() -> host.engine.stats().pendingBytes() == 0);
				}
				client.closeInOrder();
			}
		}
	}

}
