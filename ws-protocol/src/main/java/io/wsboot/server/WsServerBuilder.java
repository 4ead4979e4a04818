package io.wsboot.server;

import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.wsboot.EndpointOptions;
import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.WsHandler;
import io.wsboot.server.address.PathTemplate;
import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.PortInUseException;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.inbound.Interceptors;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.session.Endpoints;
import io.wsboot.server.spi.CallbackInterceptor;
import io.wsboot.server.spi.HandshakeInterceptor;
import io.wsboot.server.spi.WsServerObserver;
import org.jspecify.annotations.Nullable;

/** Builds a {@link WsServer}. A builder may be used by one thread. */
public final class WsServerBuilder {

	private final Map<String, Registration> handlers = new LinkedHashMap<>();

	private final List<Consumer<WsServerOptionsBuilder>> changes = new ArrayList<>();

	private final List<HandshakeInterceptor> handshakeInterceptors = new ArrayList<>();

	private final List<CallbackInterceptor> callbackInterceptors = new ArrayList<>();

	private final List<WsServerObserver> observers = new ArrayList<>();

	private @Nullable WsServerOptions options;

	private @Nullable Executor executor;

	private PayloadConverter converter = WsServerBuilder::toMessage;

	private @Nullable TlsOptions tls;

	private TopicOptions topics = TopicOptions.DEFAULTS;

	private NanoClock clock = NanoClock.SYSTEM;

	private boolean listens = true;

	private SelectorProvider sockets = SelectorProvider.provider();

	WsServerBuilder() {
	}

	/**
	 * Sets the TCP port.
	 * @param port 0 to 65535; 0 = a free port, see {@link WsServer#port()}
	 * @return this builder
	 */
	public WsServerBuilder port(int port) {
		return options((options) -> options.port(port));
	}

	/**
	 * Sets all options at once. Changes that other methods have made before are lost.
	 * @param options the options
	 * @return this builder
	 */
	public WsServerBuilder options(WsServerOptions options) {
		this.options = options;
		this.changes.clear();
		return this;
	}

	/**
	 * Changes some options from their defaults.
	 * @param change changes the builder of the options
	 * @return this builder
	 */
	public WsServerBuilder options(Consumer<WsServerOptionsBuilder> change) {
		this.options = null;
		this.changes.add(change);
		return this;
	}

	/**
	 * Adds an endpoint.
	 * @param path the endpoint's path, such as {@code /chat/{room}}: an absolute path, in
	 * which a segment in braces is a variable
	 * @param handler handles the endpoint's sessions
	 * @return this builder
	 * @throws IllegalArgumentException if the path is malformed, or if another endpoint
	 * has the path
	 */
	public WsServerBuilder handler(String path, WsHandler handler) {
		return handler(path, handler, EndpointOptions.DEFAULTS);
	}

	/**
	 * Adds an endpoint.
	 * @param path the endpoint's path, such as {@code /chat/{room}}: an absolute path, in
	 * which a segment in braces is a variable
	 * @param handler handles the endpoint's sessions
	 * @param options the endpoint's options
	 * @return this builder
	 * @throws IllegalArgumentException if the path is malformed, or if another endpoint
	 * has the path
	 */
	public WsServerBuilder handler(String path, WsHandler handler, EndpointOptions options) {
		PathTemplate.parse(path);
		if (this.handlers.putIfAbsent(path, new Registration(handler, options)) != null) {
			throw new IllegalArgumentException("there is an endpoint at " + path + " already");
		}
		return this;
	}

	/**
	 * Sets the executor that runs the callbacks of {@link io.wsboot.Execution#WORKER}
	 * endpoints: a pool, or an executor of virtual threads. The server does not shut the
	 * executor down. By default the server has a bounded pool of its own.
	 * @param executor the executor
	 * @return this builder
	 */
	public WsServerBuilder executor(Executor executor) {
		this.executor = executor;
		return this;
	}

	/**
	 * Sets the converter of objects to messages. The default converter converts strings,
	 * byte arrays and messages only.
	 * @param converter the converter
	 * @return this builder
	 */
	public WsServerBuilder converter(PayloadConverter converter) {
		this.converter = converter;
		return this;
	}

	/**
	 * Adds an observer of the server, behind those that are there already.
	 * @param observer the observer
	 * @return this builder
	 */
	public WsServerBuilder observer(WsServerObserver observer) {
		this.observers.add(observer);
		return this;
	}

	/**
	 * Adds an interceptor of the handshakes of all endpoints, after the interceptors that
	 * were added before.
	 * @param interceptor decides before the endpoint's handler
	 * @return this builder
	 */
	public WsServerBuilder handshakeInterceptor(HandshakeInterceptor interceptor) {
		this.handshakeInterceptors.add(interceptor);
		return this;
	}

	/**
	 * Adds an interceptor of the callbacks of all endpoints, inside of the interceptors
	 * that were added before.
	 * @param interceptor wraps the endpoint's handler
	 * @return this builder
	 */
	public WsServerBuilder callbackInterceptor(CallbackInterceptor interceptor) {
		this.callbackInterceptors.add(interceptor);
		return this;
	}

	/**
	 * Encrypts all connections ({@code wss}). By default connections are not encrypted.
	 * @param tls the TLS options
	 * @return this builder
	 */
	public WsServerBuilder tls(TlsOptions tls) {
		this.tls = tls;
		return this;
	}

	/**
	 * Sets the limits of topics.
	 * @param topics the options; by default {@link TopicOptions#DEFAULTS}
	 * @return this builder
	 */
	public WsServerBuilder topics(TopicOptions topics) {
		this.topics = topics;
		return this;
	}

	/**
	 * Starts no listener of the server's own: all sessions come from other servers,
	 * through {@link WsServer#upgrades()}. Address, port, TLS, PROXY protocol and health
	 * path then have no effect, and no thread of the server keeps the JVM alive.
	 * @return this builder
	 */
	public WsServerBuilder withoutListener() {
		this.listens = false;
		return this;
	}

	/** Replaces the time, for tests. */
	WsServerBuilder clock(NanoClock clock) {
		this.clock = clock;
		return this;
	}

	/** Replaces the operating system's sockets, for tests. */
	WsServerBuilder sockets(SelectorProvider sockets) {
		this.sockets = sockets;
		return this;
	}

	/**
	 * Starts the server. If starting fails, the builder leaves nothing open, and starting
	 * may be tried again.
	 * @return the running server, which listens unless {@link #withoutListener} was
	 * called
	 * @throws InvalidOptionException if an option is invalid
	 * @throws IllegalArgumentException if two endpoints match the same requests, if an
	 * endpoint on event loops asks for {@linkplain io.wsboot.MessageDelivery#asStream
	 * streams}, if an endpoint's frames may be bigger than its messages, if an allowed
	 * origin is malformed, or if TLS does not know a protocol or cipher suite
	 * @throws PortInUseException if another program listens on the port
	 * @throws java.io.UncheckedIOException if the server cannot listen on the address, or
	 * if no file descriptors are left
	 */
	public WsServer start() {
		return new ServerWiring(effectiveOptions(), this::register,
				new Interceptors(this.handshakeInterceptors, this.callbackInterceptors),
				new GuardedObservers(this.observers), this.executor, this.converter, this.tls, this.topics, this.clock,
				this.sockets, this.listens)
			.start();
	}

	private void register(Endpoints endpoints) {
		this.handlers
			.forEach((path, registration) -> endpoints.register(path, registration.handler, registration.options));
	}

	private WsServerOptions effectiveOptions() {
		if (this.options != null) {
			return this.options;
		}
		WsServerOptionsBuilder builder = WsServerOptions.builder();
		this.changes.forEach((change) -> change.accept(builder));
		return builder.build();
	}

	private static Message toMessage(Object payload) {
		if (payload instanceof Message message) {
			return message;
		}
		if (payload instanceof CharSequence text) {
			return Message.text(text.toString());
		}
		if (payload instanceof byte[] bytes) {
			return Message.binary(bytes);
		}
		throw new IllegalArgumentException("no converter is set that could make a message of a "
				+ payload.getClass().getName() + ", see WsServerBuilder.converter");
	}

	private record Registration(WsHandler handler, EndpointOptions options) {
	}

}
