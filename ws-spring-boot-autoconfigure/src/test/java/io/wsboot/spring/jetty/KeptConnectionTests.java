package io.wsboot.spring.jetty;

import java.time.Duration;

import io.wsboot.server.RawClient;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Jetty does to idle connections of its own does not concern sessions. */
class KeptConnectionTests {

	@ParameterizedTest
	@EnumSource
	void aSessionMayBeIdleForLongerThanJettyAllows(Way way) {
		try (JettyHost host = new JettyHost.Builder(way).idleTimeout(1000).start();
				RawClient client = host.open("/echo");
				RawClient http = host.client()) {
			client.expectEcho("hello");
			http.expectEof(); // Jetty closes what is idle for a second
			Awaitility.await()
				.during(Duration.ofMillis(1500))
				.atMost(Duration.ofSeconds(10))
				.until(() -> host.engine.sessions().count() == 1);
			client.expectEcho("hello again");
			client.closeInOrder();
		}
	}

	/** Jetty shortens the idle timeouts of all its connections when they are many. */
	@ParameterizedTest
	@EnumSource
	void aSessionOutlivesTheIdleTimeoutsOfAFullJetty(Way way) {
		try (JettyHost host = JettyHost.start(way);
				RawClient client = host.open("/echo");
				RawClient http = host.client()) {
			client.expectEcho("hello");
			Awaitility.await().until(() -> host.counts().endPoints() == (way.takesOver() ? 1 : 2));
			host.limit.setEndPointIdleTimeout(50);
			host.limit.setMaxNetworkConnectionCount(way.takesOver() ? 2 : 3);
			RawClient last = host.client();
			http.expectEof(); // Jetty is full, and closes what is idle
			last.close();
			Awaitility.await()
				.during(Duration.ofMillis(500))
				.atMost(Duration.ofSeconds(10))
				.until(() -> host.engine.sessions().count() == 1);
			client.expectEcho("hello again");
			client.closeInOrder();
		}
	}

	/** A session that is taken over leaves room for another connection of Jetty's. */
	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "TLS_SOCKET" })
	void aSessionTakesNoRoomOfJettys(Way way) {
		try (JettyHost host = JettyHost.start(way)) {
			host.limit.setMaxNetworkConnectionCount(2);
			RawClient[] clients = new RawClient[20];
			for (int i = 0; i < clients.length; i++) {
				clients[i] = host.open("/echo");
				clients[i].expectEcho("hello");
				host.expect(host.idle());
			}
			assertThat(host.engine.sessions().count()).isEqualTo(clients.length);
			for (RawClient client : clients) {
				client.closeInOrder();
			}
			host.expectNothingBut(host.idle());
		}
	}

}
