package io.wsboot.spring.metrics;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.server.spi.WsServerObserver;
import org.jspecify.annotations.Nullable;

/**
 * Times and counts the events of a server: handshakes, sessions, callbacks, errors. The
 * values of tags come only from endpoint templates, codes and enums, so a client cannot
 * create meters. Safe for use by several threads.
 */
public final class WsServerMeters implements WsServerObserver {

	private final MeterRegistry registry;

	private final RemovedEndpoints removed = new RemovedEndpoints();

	private final MeterCache<HandshakeKey, Timer> handshakes;

	private final MeterCache<DurationKey, Timer> durations;

	private final MeterCache<CloseKey, Counter> closes;

	private final MeterCache<HandlerKey, Timer> handlers;

	private final MeterCache<ErrorKind, Counter> errors;

	private final MeterCache<Limit, Counter> limits;

	private final MeterCache<DropReason, Counter> drops;

	private final Timer pings;

	/**
	 * Creates the meters. A meter with tags is registered when its first event comes.
	 * @param registry where the meters are registered
	 */
	public WsServerMeters(MeterRegistry registry) {
		this.registry = registry;
		this.handshakes = new MeterCache<>(
				(key) -> new HandshakeKey(this.removed.tag(key.endpoint), key.port, key.status),
				(key) -> key.register(registry));
		this.durations = new MeterCache<>(
				(key) -> new DurationKey(this.removed.tag(key.endpoint), key.code, key.carrier),
				(key) -> key.register(registry));
		this.closes = new MeterCache<>((key) -> new CloseKey(this.removed.tag(key.endpoint), key.code, key.initiator),
				(key) -> key.register(registry));
		this.handlers = new MeterCache<>(
				(key) -> new HandlerKey(this.removed.tag(key.endpoint), key.callback, key.success),
				(key) -> key.register(registry));
		this.errors = new MeterCache<>((kind) -> Counter.builder("ws.server.errors")
			.description("What went wrong")
			.tag("kind", lower(kind))
			.register(registry));
		this.limits = new MeterCache<>((limit) -> Counter.builder("ws.server.limited")
			.description("Handshakes refused and sessions closed for what is more than a limit allows")
			.tag("limit", lower(limit))
			.register(registry));
		this.drops = new MeterCache<>((reason) -> Counter.builder("ws.server.outbound.dropped")
			.description("Outgoing messages that were not sent")
			.baseUnit("messages")
			.tag("reason", lower(reason))
			.register(registry));
		this.pings = Timer.builder("ws.server.ping.rtt")
			.description("Round-trip time of the server's pings")
			.register(registry);
	}

	@Override
	public void handshake(String endpoint, Port port, int status, long nanos) {
		this.handshakes.get(new HandshakeKey(endpoint, port, status)).record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
		String code = CloseCodeTag.of(status.code());
		this.durations.get(new DurationKey(session.endpoint(), code, carrier(session)))
			.record(nanos, TimeUnit.NANOSECONDS);
		this.closes.get(new CloseKey(session.endpoint(), code, initiator)).increment();
	}

	/** What has carried the session; the server's listener if nobody knows. */
	private static Carrier carrier(WsSession session) {
		return (session instanceof SessionStats.Source source) ? source.stats().carrier() : Carrier.LISTENER;
	}

	@Override
	public void handled(String endpoint, HandlerCallback callback, @Nullable Throwable error, long nanos) {
		this.handlers.get(new HandlerKey(endpoint, callback, error == null)).record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void error(ErrorKind kind) {
		this.errors.get(kind).increment();
	}

	@Override
	public void limited(Limit limit) {
		this.limits.get(limit).increment();
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		this.drops.get(reason).increment(messages);
	}

	@Override
	public void pingRoundTrip(long nanos) {
		this.pings.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void endpointAdded(String endpoint) {
		this.removed.remove(endpoint);
	}

	@Override
	public void endpointRemoved(String endpoint) {
		this.removed.add(endpoint);
		this.handshakes.remove((key) -> key.endpoint.equals(endpoint), this.registry);
		this.durations.remove((key) -> key.endpoint.equals(endpoint), this.registry);
		this.closes.remove((key) -> key.endpoint.equals(endpoint), this.registry);
		this.handlers.remove((key) -> key.endpoint.equals(endpoint), this.registry);
	}

	static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private record HandshakeKey(String endpoint, Port port, int status) {

		Timer register(MeterRegistry registry) {
			return Timer.builder("ws.server.handshakes")
				.description("Opening handshakes, from accepting the connection to the answer")
				.tag("endpoint", this.endpoint)
				.tag("outcome", Outcome.ofStatus(this.status).name())
				.tag("port", lower(this.port))
				.tag("status", Integer.toString(this.status))
				.register(registry);
		}

	}

	private record DurationKey(String endpoint, String code, Carrier carrier) {

		Timer register(MeterRegistry registry) {
			return Timer.builder("ws.server.connection.duration")
				.description("How long sessions were open")
				.tag("endpoint", this.endpoint)
				.tag("code", this.code)
				.tag("carrier", lower(this.carrier))
				.register(registry);
		}

	}

	private record CloseKey(String endpoint, String code, CloseInitiator initiator) {

		Counter register(MeterRegistry registry) {
			return Counter.builder("ws.server.closes")
				.description("Sessions that are over")
				.tag("endpoint", this.endpoint)
				.tag("code", this.code)
				.tag("initiator", lower(this.initiator))
				.register(registry);
		}

	}

	private record HandlerKey(String endpoint, HandlerCallback callback, boolean success) {

		Timer register(MeterRegistry registry) {
			return Timer.builder("ws.server.handler")
				.description("Callbacks of endpoints: all of those on workers, a sample of those on event loops")
				.tag("endpoint", this.endpoint)
				.tag("callback", lower(this.callback))
				.tag("outcome", (this.success ? Outcome.SUCCESS : Outcome.ERROR).name())
				.register(registry);
		}

	}

}
