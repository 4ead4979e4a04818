package io.wsboot.spring.jetty;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.wsboot.server.RawClient;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections that come and go by thousands leave nothing behind. */
class ChurnTests {

	private static final int CLIENTS = 8;

	@ParameterizedTest
	@EnumSource
	void nothingIsLeftOfThousandsOfConnections(Way way) throws IOException {
		int each = way.isSecure() ? 50 : 250;
		try (JettyHost host = JettyHost.start(way)) {
			host.open("/echo").closeInOrder(); // opens what stays open
			host.expectNothingBut(host.idle());
			long before = host.fileDescriptors();
			churn(host, each);
			host.expectNothingBut(host.idle());
			Awaitility.await().untilAsserted(() -> assertThat(host.fileDescriptors()).isEqualTo(before));
			assertThat(host.handedOver()).isEqualTo(1 + CLIENTS * each);
		}
	}

	private static void churn(JettyHost host, int each) {
		ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<CompletableFuture<Void>> all = new ArrayList<>();
			for (int client = 0; client < CLIENTS; client++) {
				boolean resets = client % 2 == 0;
				all.add(CompletableFuture.runAsync(() -> comeAndGo(host, each, resets), threads));
			}
			CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void comeAndGo(JettyHost host, int times, boolean resets) {
		for (int i = 0; i < times; i++) {
			RawClient client = host.open("/echo");
			client.expectEcho("hello");
			if (resets) {
				client.reset();
			}
			else {
				client.closeInOrder();
			}
		}
	}

}
