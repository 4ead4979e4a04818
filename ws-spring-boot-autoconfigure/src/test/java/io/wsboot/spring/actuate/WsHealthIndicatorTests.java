package io.wsboot.spring.actuate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.wsboot.WsSessions;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.spi.WsServerStats;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class WsHealthIndicatorTests {

	@Test
	void downWithoutAServer() {
		Health health = new WsHealthIndicator(() -> null, () -> new ServerPlace(-1, false), () -> false).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).isEmpty();
	}

	@Test
	void upUntilItDrains() {
		AtomicBoolean draining = new AtomicBoolean();
		try (WsServer server = WsServer.builder().port(0).start()) {
			WsHealthIndicator indicator = new WsHealthIndicator(() -> server,
					() -> new ServerPlace(server.port(), server.isSecure()), draining::get);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			assertThat(indicator.health().getDetails()).containsEntry("port", server.port())
				.containsEntry("scheme", "ws")
				.containsEntry("sessions", 0L)
				.containsEntry("loops", server.stats().loops())
				.containsEntry("loopsAlive", server.stats().loops())
				.containsEntry("refused", 0L);
			draining.set(true);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		}
	}

	@Test
	void downWhenALoopIsNotAlive() {
		WsServerStats stats = mock(WsServerStats.class);
		given(stats.loops()).willReturn(2);
		given(stats.loopsAlive()).willReturn(1);
		given(stats.refused()).willReturn(7L);
		given(stats.workersBusy()).willReturn(Duration.ZERO);
		WsSessions sessions = mock(WsSessions.class);
		WsServer server = mock(WsServer.class);
		given(server.stats()).willReturn(stats);
		given(server.options()).willReturn(WsServerOptions.builder().build());
		given(server.sessions()).willReturn(sessions);
		for (boolean draining : new boolean[] { true, false }) {
			Health health = new WsHealthIndicator(() -> server, () -> new ServerPlace(server.port(), server.isSecure()),
					() -> draining)
				.health();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsEntry("loops", 2)
				.containsEntry("loopsAlive", 1)
				.containsEntry("refused", 7L);
		}
	}

	/** Another instance would not make the workers less busy. */
	@Test
	void upThoughWorkersAreBusy() {
		WsServerStats stats = mock(WsServerStats.class);
		given(stats.handshakesWithoutWorker()).willReturn(3L);
		given(stats.workersBusy()).willReturn(Duration.ofSeconds(17));
		WsServer server = mock(WsServer.class);
		given(server.stats()).willReturn(stats);
		given(server.options()).willReturn(WsServerOptions.builder().build());
		given(server.sessions()).willReturn(mock(WsSessions.class));
		Health health = new WsHealthIndicator(() -> server, () -> new ServerPlace(server.port(), server.isSecure()),
				() -> false)
			.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("handshakesWithoutWorker", 3L)
			.containsEntry("workersBusyMillis", 17_000L);
	}

}
