package io.wsboot.spring.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.wsboot.server.WsServer;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerStats;
import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import io.wsboot.server.spi.WsServerStats.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Meters that read a server's counts at the time of a scrape: counting costs a message
 * nothing. Safe for use by several threads.
 */
public final class WsServerStatsMeters implements WsServerObserver {

	private final MeterRegistry registry;

	private final Supplier<@Nullable WsServer> server;

	/** The meters of each endpoint, by path. */
	private final Map<String, List<Meter>> meters = new HashMap<>();

	/**
	 * The totals of each endpoint, by path: a registry refers to the objects of its
	 * function counters only weakly.
	 */
	private final Map<String, List<RunningTotal>> totals = new HashMap<>();

	/**
	 * Creates the meters without registering them.
	 * @param registry where the meters will be registered
	 * @param server finds the running server, null if none runs
	 */
	public WsServerStatsMeters(MeterRegistry registry, Supplier<@Nullable WsServer> server) {
		this.registry = registry;
		this.server = server;
	}

	/**
	 * Registers the meters of a server that has started. Meters of the server before,
	 * which are registered already, go on.
	 * @param started the counts of the server
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
		Set<String> paths = started.endpoints().stream().map(EndpointStats::path).collect(Collectors.toSet());
		Set.copyOf(this.meters.keySet())
			.stream()
			.filter((path) -> !paths.contains(path))
			.forEach(this::endpointRemoved);
		paths.forEach(this::endpointAdded);
	}

	/** Registers the meters of an endpoint, unless they are registered already. */
	@Override
	public synchronized void endpointAdded(String path) {
		if (!this.meters.containsKey(path)) {
			this.meters.put(path, register(path));
		}
	}

	@Override
	public synchronized void endpointRemoved(String path) {
		this.meters.getOrDefault(path, List.of()).forEach(this.registry::remove);
		this.meters.remove(path);
		this.totals.remove(path);
	}

	private List<Meter> register(String path) {
		Tags endpoint = Tags.of("endpoint", path);
		List<Meter> meters = new ArrayList<>();
		meters.add(gauge("ws.server.connections", "Open sessions", "connections", endpoint,
				(stats) -> read(stats, path, EndpointStats::connections)));
		for (Direction direction : Direction.values()) {
			for (MessageType type : MessageType.values()) {
				Tags tags = endpoint.and("direction", WsServerMeters.lower(direction), "type",
						WsServerMeters.lower(type));
				meters.add(counter("ws.server.messages", "Messages", "messages", tags,
						total(path, (counts) -> counts.messages(direction, type))));
				meters.add(counter("ws.server.bytes", "Payload bytes of messages", "bytes", tags,
						total(path, (counts) -> counts.bytes(direction, type))));
			}
		}
		return meters;
	}

	private RunningTotal total(String path, ToLongFunction<EndpointStats> value) {
		RunningTotal total = new RunningTotal(this.server, (stats) -> read(stats, path, value));
		this.totals.computeIfAbsent(path, (key) -> new ArrayList<>()).add(total);
		return total;
	}

	private Gauge gauge(String name, String description, @Nullable String unit, Tags tags,
			ToDoubleFunction<WsServerStats> value) {
		return Gauge.builder(name, this.server, (current) -> {
			WsServer running = current.get();
			return (running != null) ? value.applyAsDouble(running.stats()) : 0;
		}).description(description).baseUnit(unit).tags(tags).strongReference(true).register(this.registry);
	}

	private FunctionCounter counter(String name, String description, String unit, Tags tags, RunningTotal total) {
		return FunctionCounter.builder(name, total, RunningTotal::value)
			.description(description)
			.baseUnit(unit)
			.tags(tags)
			.register(this.registry);
	}

	/**
	 * Sums over the endpoints of a path: there are two while sessions of a removed
	 * endpoint go on.
	 */
	private static double read(WsServerStats stats, String path, ToLongFunction<EndpointStats> value) {
		return stats.endpoints().stream().filter((endpoint) -> endpoint.path().equals(path)).mapToLong(value).sum();
	}

}
