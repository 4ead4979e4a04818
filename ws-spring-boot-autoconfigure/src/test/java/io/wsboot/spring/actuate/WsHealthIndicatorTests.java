package io.wsboot.spring.actuate;

import java.util.concurrent.atomic.AtomicBoolean;

import io.wsboot.server.WsServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class WsHealthIndicatorTests {

	@Test
	void downWithoutAServer() {
		Health health = new WsHealthIndicator(() -> null, () -> false).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).isEmpty();
	}

	@Test
	void upUntilItDrains() {
		AtomicBoolean draining = new AtomicBoolean();
		try (WsServer server = WsServer.builder().port(0).start()) {
			WsHealthIndicator indicator = new WsHealthIndicator(() -> server, draining::get);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			assertThat(indicator.health().getDetails()).containsEntry("port", server.port())
				.containsEntry("scheme", "ws")
				.containsEntry("sessions", 0L);
			draining.set(true);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		}
	}

}
