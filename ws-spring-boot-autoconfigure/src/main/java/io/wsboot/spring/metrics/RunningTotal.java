package io.wsboot.spring.metrics;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.wsboot.server.WsServer;
import io.wsboot.server.spi.WsServerStats;
import org.jspecify.annotations.Nullable;

/**
 * Sums a count over all servers that one application context has run, one after the
 * other: a new server begins at zero, and this class adds the last count of each server
 * before. Safe for use by several threads.
 */
final class RunningTotal {

	private final Supplier<@Nullable WsServer> current;

	private final ToDoubleFunction<WsServerStats> count;

	private @Nullable WsServer counted;

	private double before;

	RunningTotal(Supplier<@Nullable WsServer> current, ToDoubleFunction<WsServerStats> count) {
		this.current = current;
		this.count = count;
	}

	synchronized double value() {
		WsServer running = this.current.get();
		if (running != null && running != this.counted) {
			this.before += read(this.counted);
			this.counted = running;
		}
		return this.before + read(this.counted);
	}

	private double read(@Nullable WsServer server) {
		return (server != null) ? this.count.applyAsDouble(server.stats()) : 0;
	}

}
