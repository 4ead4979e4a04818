package io.wsboot.spring.context;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.wsboot.server.WsServerStats;
import org.jspecify.annotations.Nullable;

/**
 * Counts of a server that may not run yet, or may be another one later.
 *
 * @param current finds the counts, null while no server runs
 */
record DeferredStats(Supplier<@Nullable WsServerStats> current) implements WsServerStats {

	@Override
	public List<EndpointStats> endpoints() {
		WsServerStats stats = this.current.get();
		return (stats != null) ? stats.endpoints() : List.of();
	}

	@Override
	public long queuedBytes() {
		WsServerStats stats = this.current.get();
		return (stats != null) ? stats.queuedBytes() : 0;
	}

	@Override
	public long pendingBytes() {
		WsServerStats stats = this.current.get();
		return (stats != null) ? stats.pendingBytes() : 0;
	}

	@Override
	public double loopBusy(int loop) {
		WsServerStats stats = this.current.get();
		return (stats != null) ? stats.loopBusy(loop) : 0;
	}

	@Override
	public boolean isLoopAlive(int loop) {
		WsServerStats stats = this.current.get();
		return stats != null && stats.isLoopAlive(loop);
	}

	@Override
	public long refused() {
		WsServerStats stats = this.current.get();
		return (stats != null) ? stats.refused() : 0;
	}

	@Override
	public long handshakesWithoutWorker() {
		WsServerStats stats = this.current.get();
		return (stats != null) ? stats.handshakesWithoutWorker() : 0;
	}

	@Override
	public Duration workersBusy() {
		WsServerStats stats = this.current.get();
		return (stats != null) ? stats.workersBusy() : Duration.ZERO;
	}

	@Override
	public int compressionStates() {
		WsServerStats stats = this.current.get();
		return (stats != null) ? stats.compressionStates() : 0;
	}

	@Override
	public int loops() {
		WsServerStats stats = this.current.get();
		return (stats != null) ? stats.loops() : 0;
	}

}
