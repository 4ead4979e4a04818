package io.wsboot.spring.context;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.wsboot.server.spi.WsServerStats;

/**
 * The counts of whatever server runs at the moment of a call; zero while no server runs.
 *
 * @param current finds the counts of the running server; empty while no server runs
 */
record DeferredStats(Supplier<Optional<WsServerStats>> current) implements WsServerStats {

	@Override
	public List<EndpointStats> endpoints() {
		return this.current.get().map(WsServerStats::endpoints).orElse(List.of());
	}

	@Override
	public long queuedBytes() {
		return this.current.get().map(WsServerStats::queuedBytes).orElse(0L);
	}

	@Override
	public long pendingBytes() {
		return this.current.get().map(WsServerStats::pendingBytes).orElse(0L);
	}

	@Override
	public double loopBusy(int loop) {
		return this.current.get().map((stats) -> stats.loopBusy(loop)).orElse(0.0);
	}

	@Override
	public boolean isLoopAlive(int loop) {
		return this.current.get().filter((stats) -> stats.isLoopAlive(loop)).isPresent();
	}

	@Override
	public long refused() {
		return this.current.get().map(WsServerStats::refused).orElse(0L);
	}

	@Override
	public long handshakesWithoutWorker() {
		return this.current.get().map(WsServerStats::handshakesWithoutWorker).orElse(0L);
	}

	@Override
	public Duration workersBusy() {
		return this.current.get().map(WsServerStats::workersBusy).orElse(Duration.ZERO);
	}

	@Override
	public int compressionStates() {
		return this.current.get().map(WsServerStats::compressionStates).orElse(0);
	}

	@Override
	public int loops() {
		return this.current.get().map(WsServerStats::loops).orElse(0);
	}

}
