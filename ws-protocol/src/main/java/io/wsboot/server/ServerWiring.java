package io.wsboot.server;

import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.wsboot.PayloadConverter;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.admission.Capacity;
import io.wsboot.server.admission.OriginPolicy;
import io.wsboot.server.admission.TrustedProxies;
import io.wsboot.server.config.HandshakeOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.connection.Acceptor;
import io.wsboot.server.connection.ConnectionLink;
import io.wsboot.server.connection.ScratchMemory;
import io.wsboot.server.connection.ServerContext;
import io.wsboot.server.connection.Timeouts;
import io.wsboot.server.endpoint.EndpointPolicy;
import io.wsboot.server.handshake.HandshakeContext;
import io.wsboot.server.handshake.HealthPath;
import io.wsboot.server.handshake.WorkerShortage;
import io.wsboot.server.inbound.HandlerCalls;
import io.wsboot.server.inbound.InboundContext;
import io.wsboot.server.inbound.Interceptors;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.Log;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.loop.TimerWheel.Timer;
import io.wsboot.server.outbound.Compressors;
import io.wsboot.server.outbound.LatestKeys;
import io.wsboot.server.overload.InboundPressure;
import io.wsboot.server.overload.Load;
import io.wsboot.server.overload.LoadShedding;
import io.wsboot.server.session.Endpoints;
import io.wsboot.server.session.SessionContext;
import io.wsboot.server.session.SessionOutput;
import io.wsboot.server.topic.TopicContext;
import io.wsboot.server.topic.TopicEncoding;
import io.wsboot.server.topic.Topics;
import io.wsboot.server.transport.Listener;
import io.wsboot.server.transport.TlsEngines;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of a server together and starts the server.
 *
 * @param options the options in force
 * @param handlers registers the endpoints
 * @param interceptors the interceptors around all handlers
 * @param observer the observers of the server
 * @param executor the executor of callbacks of {@link io.wsboot.Execution#WORKER}; null
 * for a pool of the server's own
 * @param converter turns objects into messages
 * @param tls the TLS options; null for connections without TLS
 * @param topics the limits of topics
 * @param clock the clock
 * @param sockets makes selectors and sockets
 * @param listens whether the server has a listener of its own
 */
record ServerWiring(WsServerOptions options, Consumer<Endpoints> handlers, Interceptors interceptors,
		GuardedObservers observer, @Nullable Executor executor, PayloadConverter converter, @Nullable TlsOptions tls,
		TopicOptions topics, NanoClock clock, SelectorProvider sockets, boolean listens) {

	private static final Log LOG = new Log();

	/** Starts a server. If starting fails, no thread and no socket is left. */
	WsServer start() {
		EndpointPolicy policy = new EndpointPolicy(limits(), this.options.inbound(), this.options.outbound());
		Endpoints endpoints = new Endpoints(policy, this.interceptors, this.options, this.observer);
		this.handlers.accept(endpoints);
		OriginPolicy origins = OriginPolicy.of(this.options.allowedOrigins(), this.options.allowSameHost());
		if (this.tls != null) { // so that an invalid option fails now
			TlsEngines.make(this.tls, null);
		}
		List<EventLoop> loops = new ArrayList<>();
		InboundPressure pressure = new InboundPressure(shedding(Load.PENDING, loops));
		ExecutorService own = (this.executor != null) ? null : ServerThreads.forHandlers();
		SessionContext sessions = sessions((own != null) ? own : Objects.requireNonNull(this.executor), pressure,
				loops);
		WorkerShortage shortage = new WorkerShortage(this.observer, this.clock);
		HandshakeContext handshakes = new HandshakeContext(endpoints,
				new HealthPath(this.options.handshake().healthPath(), sessions.capacity(), loops), origins,
				TrustedProxies.of(this.options.admission().proxies()), shortage,
				this.options.handshake().timeout().toNanos(), sessions);
		List<ScratchMemory> scratches = Stream.generate(() -> new ScratchMemory(this.clock))
			.limit(this.options.eventLoops())
			.toList();
		ServerContext context = new ServerContext(policy.protocol(), Timeouts.of(this.options), this.tls,
				ServerThreads.forTls(), shedding(Load.QUEUED, loops), handshakes, scratches);
		ServerStats stats = new ServerStats(endpoints, loops, scratches, sessions.compressors(), pressure.budget(),
				this.observer, shortage);
		return start(loops, context, (acceptor) -> new WsServer(context, loops, acceptor, stats, own));
	}

	private ProtocolLimits limits() {
		HandshakeOptions handshake = this.options.handshake();
		return new ProtocolLimits(handshake.maxRequestLine(), handshake.maxHeadersSize(), handshake.maxHeaders(),
				this.options.maxFrameSize(), this.options.maxMessageSize(), this.options.maxFragments());
	}

	private LoadShedding shedding(Load load, List<EventLoop> loops) {
		return LoadShedding.of(load, this.options, loops, ConnectionLink::of, this.observer, this.clock);
	}

	private SessionContext sessions(Executor executor, InboundPressure pressure, List<EventLoop> loops) {
		DataFrames frames = DataFrames.ofServer(this.options.fragmentationThreshold());
		Compressors compressors = new Compressors(frames, this.options.compression().level());
		LatestKeys keys = new LatestKeys();
		boolean conflates = this.options.outbound().overflow() == OverflowPolicy.CONFLATE;
		Topics topics = new Topics(
				new TopicContext(this.topics,
						new TopicEncoding(frames, compressors, this.options.compression().threshold(),
								conflates ? keys : null),
						this.observer, this.clock, this.options.eventLoops(), loops,
						(task, delay) -> later(loops.get(0), task, delay)),
				this.converter, SessionOutput::of);
		return new SessionContext(this.options, frames, compressors, keys, this.converter, this.observer, this.clock,
				new Capacity(this.options, this.clock.nanoTime()),
				new InboundContext(executor, new HandlerCalls(this.clock, this.observer), pressure), topics);
	}

	private static void later(EventLoop loop, Runnable task, long delay) {
		loop.execute(() -> loop.timers().schedule(Timer.of(task), loop.now() + delay));
	}

	private WsServer start(List<EventLoop> loops, ServerContext context,
			Function<@Nullable Acceptor, WsServer> server) {
		Listener listener = null;
		try {
			for (ScratchMemory memory : context.scratches()) {
				loops.add(new EventLoop(loops.size(), this.clock, this.sockets, memory));
			}
			if (this.listens) {
				listener = Listener.open(context.options(), this.sockets);
			}
			Acceptor acceptor = (listener != null) ? new Acceptor(listener, loops, context) : null;
			WsServer started = server.apply(acceptor);
			loops.forEach(EventLoop::start);
			if (acceptor != null) {
				acceptor.start();
			}
			return started;
		}
		catch (Throwable ex) {
			loops.forEach(EventLoop::stop);
			if (listener != null) {
				LOG.close(listener);
			}
			throw ex;
		}
	}

}
