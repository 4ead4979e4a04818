package io.wsboot.spring.actuate;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.wsboot.server.WsServer;
import io.wsboot.server.spi.WsServerStats;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports the health of the server: up while the server takes sessions, out of service
 * while the server drains, down if no server runs or an event loop no longer serves its
 * connections. Details are the port and scheme, the number of sessions, the event loops
 * that are alive, the refusals since the start, and for how long no worker has been free
 * for handshakes. Busy workers do not change the status: sessions are still served, and
 * the load that another instance would have to take over may be what keeps the workers
 * busy.
 */
public final class WsHealthIndicator implements HealthIndicator {

	private final Supplier<@Nullable WsServer> server;

	private final Supplier<ServerPlace> place;

	private final BooleanSupplier draining;

	/**
	 * Creates the indicator.
	 * @param server finds the running server, null if none runs
	 * @param place tells where clients find the running server
	 * @param draining whether the server is about to stop and refuses new sessions
	 */
	public WsHealthIndicator(Supplier<@Nullable WsServer> server, Supplier<ServerPlace> place,
			BooleanSupplier draining) {
		this.server = server;
		this.place = place;
		this.draining = draining;
	}

	@Override
	public Health health() {
		WsServer running = this.server.get();
		if (running == null) {
			return Health.down().build();
		}
		Health.Builder health = status(running.stats());
		ServerPlace place = this.place.get();
		return ((place.port() > 0) ? health.withDetail("port", place.port())
				: health.withDetail("address", running.options().address().toString()))
			.withDetail("scheme", place.scheme())
			.withDetail("sessions", running.sessions().count())
			.withDetail("loops", running.stats().loops())
			.withDetail("loopsAlive", running.stats().loopsAlive())
			.withDetail("refused", running.stats().refused())
			.withDetail("handshakesWithoutWorker", running.stats().handshakesWithoutWorker())
			.withDetail("workersBusyMillis", running.stats().workersBusy().toMillis())
			.build();
	}

	private Health.Builder status(WsServerStats stats) {
		if (stats.loopsAlive() < stats.loops()) {
			return Health.down();
		}
		return this.draining.getAsBoolean() ? Health.outOfService() : Health.up();
	}

}
