package io.wsboot.server.session;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;
import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.endpoint.Endpoint;
import io.wsboot.server.endpoint.EndpointPolicy;
import io.wsboot.server.endpoint.Router;
import io.wsboot.server.inbound.Interceptors;
import io.wsboot.server.spi.WsServerObserver;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a server, which may come and go while the server runs. No handshake
 * finds an endpoint that has been removed, but the endpoint's sessions remain the
 * server's until the last of them has ended. Any thread; a handshake takes no lock.
 */
public final class Endpoints {

	private final EndpointPolicy policy;

	private final Interceptors interceptors;

	private final WsServerOptions options;

	private final WsServerObserver observer;

	private final Router<EndpointSessions> router = new Router<>();

	/** All endpoints that have not retired. {@code this} guards changes. */
	private final List<EndpointSessions> all = new CopyOnWriteArrayList<>();

	/**
	 * Events that the observer has not been told, in order. One thread at a time tells
	 * events, and holds no lock meanwhile.
	 */
	private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();

	/** How many threads have asked for events to be told; the first of them tells. */
	private final AtomicInteger untold = new AtomicInteger();

	public Endpoints(EndpointPolicy policy, Interceptors interceptors, WsServerOptions options,
			WsServerObserver observer) {
		this.policy = policy;
		this.interceptors = interceptors;
		this.options = options;
		this.observer = observer;
	}

	/**
	 * Adds an endpoint before the server runs; the observer is not told.
	 * @throws InvalidOptionException if the path is that of health probes
	 * @throws IllegalArgumentException if the path or the options are invalid
	 */
	public synchronized void register(String path, WsHandler handler, EndpointOptions options) {
		if (path.equals(this.options.handshake().healthPath())) {
			throw new InvalidOptionException("health-path", path, "must not be the path of an endpoint");
		}
		EndpointSessions endpoint = create(path, handler, options);
		this.all.add(endpoint); // before the first session
		try {
			this.router.add(path, endpoint);
		}
		catch (RuntimeException ex) {
			this.all.remove(endpoint);
			throw ex;
		}
	}

	private EndpointSessions create(String path, WsHandler handler, EndpointOptions options) {
		return new EndpointSessions(
				new Endpoint(path, handler, options, this.policy, this.interceptors, this.options.execution()),
				this.options.eventLoops());
	}

	/** Adds an endpoint to the running server that only another server routes to. */
	public EndpointSessions addHosted(String path, WsHandler handler, EndpointOptions options) {
		EndpointSessions endpoint = create(path, handler, options);
		synchronized (this) {
			this.all.add(endpoint);
			this.news.add(() -> this.observer.endpointAdded(path));
		}
		tell();
		return endpoint;
	}

	/** Adds an endpoint to the running server. */
	public void add(String path, WsHandler handler, EndpointOptions options) {
		synchronized (this) {
			register(path, handler, options);
			this.news.add(() -> this.observer.endpointAdded(path));
		}
		tell();
	}

	/**
	 * Removes an endpoint.
	 * @param path the path as it was registered
	 * @param status closes the endpoint's sessions; null if the sessions may go on
	 * @return whether there was such an endpoint
	 */
	public boolean remove(String path, @Nullable CloseStatus status) {
		EndpointSessions endpoint = this.router.remove(path);
		if (endpoint != null) {
			endpoint.remove(status, this::retired);
		}
		return endpoint != null;
	}

	/** Removes an endpoint that another server routes to, and closes its sessions. */
	public void remove(EndpointSessions endpoint, CloseStatus status) {
		endpoint.remove(status, this::retired);
	}

	private void retired(EndpointSessions endpoint) {
		synchronized (this) {
			this.all.remove(endpoint);
			if (this.all.stream().noneMatch((other) -> other.path().equals(endpoint.path()))) {
				this.news.add(() -> this.observer.endpointRemoved(endpoint.path()));
			}
		}
		tell();
	}

	private void tell() {
		if (this.untold.getAndIncrement() == 0) {
			do {
				for (Runnable event = this.news.poll(); event != null; event = this.news.poll()) {
					event.run();
				}
			}
			while (this.untold.decrementAndGet() > 0);
		}
	}

	/**
	 * Finds the endpoint of a path.
	 * @param rawPath the path of a request, not decoded, without the query
	 * @return endpoint and path variables; null if there is no endpoint
	 */
	public Router.@Nullable Match<EndpointSessions> find(String rawPath) {
		return this.router.find(rawPath);
	}

	/** All endpoints that have not retired, in the order of registration. */
	public List<EndpointSessions> all() {
		return this.all;
	}

}
