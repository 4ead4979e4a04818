package io.wsboot.spring.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.wsboot.server.WsServer;
import io.wsboot.server.WsServerStats;
import io.wsboot.server.WsServerStats.Direction;
import io.wsboot.server.WsServerStats.EndpointStats;
import io.wsboot.server.WsServerStats.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a server's counts when meters are read, so that counting costs a message nothing.
 */
public final class WsServerStatsMeters {

	private final MeterRegistry registry;

	private final Supplier<@Nullable WsServer> server;

	/** A registry holds what its function counters read only weakly. */
	private final List<RunningTotal> totals = new ArrayList<>();

	/**
	 * Creates the meters, none of which is registered yet.
	 * @param registry where they will be registered
	 * @param server finds the running server, null if none runs
	 */
	public WsServerStatsMeters(MeterRegistry registry, Supplier<@Nullable WsServer> server) {
		this.registry = registry;
		this.server = server;
	}

	/**
	 * Registers the meters of a server that has started; those that are there already,
	 * from a server before, go on.
	 * @param started its counts
	 */
	public synchronized void register(WsServerStats started) {
		gauge("ws.server.outbound.queued", "Bytes that wait for slow peers", "bytes", Tags.empty(),
				WsServerStats::queuedBytes);
		gauge("ws.server.inbound.pending", "Memory held for what has arrived and has not been handled", "bytes",
				Tags.empty(), WsServerStats::pendingBytes);
		gauge("ws.server.compression.states", "Zlib states and windows that sessions hold", null, Tags.empty(),
				WsServerStats::compressionStates);
		gauge("ws.server.loops.alive", "Event loops that serve their connections", null, Tags.empty(),
				WsServerStats::loopsAlive);
		Gauge.builder("ws.server.connections.limit", this.server, (current) -> {
			WsServer running = current.get();
			return (running != null) ? running.options().maxConnections() : 0;
		}).description("Sessions that may be open at once").strongReference(true).register(this.registry);
		for (int i = 0; i < started.loops(); i++) {
			int loop = i;
			gauge("ws.server.loop.busy", "Share of time that an event loop is busy", null,
					Tags.of("loop", Integer.toString(loop)), (stats) -> stats.loopBusy(loop));
		}
		started.endpoints().forEach((endpoint) -> register(endpoint.path()));
	}

	private void register(String path) {
		Tags endpoint = Tags.of("endpoint", path);
		gauge("ws.server.connections", "Open sessions", "connections", endpoint,
				(stats) -> read(stats, path, EndpointStats::connections));
		for (Direction direction : Direction.values()) {
			for (MessageType type : MessageType.values()) {
				Tags tags = endpoint.and("direction", WsServerMeters.lower(direction), "type",
						WsServerMeters.lower(type));
				counter("ws.server.messages", "Messages", "messages", tags,
						(stats) -> read(stats, path, (counts) -> counts.messages(direction, type)));
				counter("ws.server.bytes", "Payload bytes of messages", "bytes", tags,
						(stats) -> read(stats, path, (counts) -> counts.bytes(direction, type)));
			}
		}
	}

	private void gauge(String name, String description, @Nullable String unit, Tags tags,
			ToDoubleFunction<WsServerStats> value) {
		Gauge.builder(name, this.server, (current) -> {
			WsServer running = current.get();
			return (running != null) ? value.applyAsDouble(running.stats()) : 0;
		}).description(description).baseUnit(unit).tags(tags).strongReference(true).register(this.registry);
	}

	private void counter(String name, String description, String unit, Tags tags,
			ToDoubleFunction<WsServerStats> value) {
		if (this.registry.find(name).tags(tags).functionCounter() == null) {
			RunningTotal total = new RunningTotal(this.server, value);
			this.totals.add(total);
			FunctionCounter.builder(name, total, RunningTotal::value)
				.description(description)
				.baseUnit(unit)
				.tags(tags)
				.register(this.registry);
		}
	}

	private static double read(WsServerStats stats, String path, ToLongFunction<EndpointStats> value) {
		for (EndpointStats endpoint : stats.endpoints()) {
			if (endpoint.path().equals(path)) {
				return value.applyAsLong(endpoint);
			}
		}
		return 0;
	}

}
