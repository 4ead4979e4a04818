package io.wsboot.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests SIGTERM to the packaged application with a thousand open sessions, half of them
 * on the port of the web server.
 */
class ShutdownIT {

	private static final int CONNECTIONS = 1000;

	/** {@code spring.lifecycle.timeout-per-shutdown-phase}, as Boot sets it. */
	private static final int PHASE_TIMEOUT_SECONDS = 30;

	private final List<RawClient> clients = new ArrayList<>();

	@AfterEach
	void closeClients() throws IOException {
		for (RawClient client : this.clients) {
			client.close();
		}
	}

	@Test
	void everyConnectionIsToldAndTheProcessEnds() throws Exception {
		try (PackagedApplication application = new PackagedApplication("--ws.server.port=0")) {
			for (int i = 0; i < CONNECTIONS; i++) {
				int port = (i % 2 == 0) ? application.webSocketPort() : application.httpPort();
				this.clients.add(new RawClient(port, "/echo"));
			}
			long start = System.nanoTime();
			application.terminate();
			List<Integer> codes = new ArrayList<>();
			for (RawClient client : this.clients) {
				codes.add(client.awaitClose());
			}
			assertThat(codes).hasSize(CONNECTIONS).containsOnly(1001);
			assertThat(application.endsWithin(PHASE_TIMEOUT_SECONDS)).isTrue();
			long seconds = (System.nanoTime() - start) / 1_000_000_000;
			assertThat(seconds).isLessThan(PHASE_TIMEOUT_SECONDS);
		}
	}

}
