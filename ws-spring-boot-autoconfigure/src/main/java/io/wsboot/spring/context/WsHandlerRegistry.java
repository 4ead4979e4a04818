package io.wsboot.spring.context;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;
import io.wsboot.server.WsServer;
import org.jspecify.annotations.Nullable;

/**
 * Adds handlers to the server of an application context, and removes them: before the
 * server starts, while the server runs, and for all later starts. This bean can be
 * injected anywhere. Safe for use by several threads.
 */
public final class WsHandlerRegistry {

	private final Function<Object, WsHandlerRegistration> annotated;

	/** The handlers that were added here, by path. */
	private final Map<String, WsHandlerRegistration> added = new LinkedHashMap<>();

	/** The paths that beans of the context serve, as of the last start. */
	private final Set<String> declared = new HashSet<>();

	/** Those of the declared paths that are no longer served. */
	private final Set<String> withdrawn = new HashSet<>();

	/** The server that was started last; null before the first start. */
	private @Nullable WsServer server;

	/**
	 * Creates a registry without handlers.
	 * @param annotated makes a handler of a bean whose class is annotated with
	 * {@code @WsEndpoint}
	 */
	public WsHandlerRegistry(Function<Object, WsHandlerRegistration> annotated) {
		this.annotated = annotated;
	}

	/**
	 * Adds a handler without options of its own.
	 * @param path the absolute path, such as {@code /chat/{room}}
	 * @param handler serves the sessions of the path
	 * @throws IllegalArgumentException if the path is malformed, or another endpoint has
	 * the path
	 */
	public void register(String path, WsHandler handler) {
		register(path, handler, EndpointOptions.DEFAULTS);
	}

	/**
	 * Adds a handler.
	 * @param path the absolute path, such as {@code /chat/{room}}
	 * @param handler serves the sessions of the path
	 * @param options where the endpoint differs from the server's options
	 * @throws IllegalArgumentException if the path is malformed, another endpoint has the
	 * path, or the options contradict those of the server
	 */
	public void register(String path, WsHandler handler, EndpointOptions options) {
		add(new WsHandlerRegistration(path, handler, options));
	}

	/**
	 * Adds a bean whose class is annotated with {@code @WsEndpoint} and that the context
	 * did not know when the server started.
	 * @param endpoint the bean
	 * @return the bean's path, with placeholders resolved
	 * @throws IllegalArgumentException if another endpoint has the path
	 * @throws IllegalStateException if {@code ws.server.enabled} is false
	 * @throws RuntimeException if the endpoint cannot work as written; the exceptions are
	 * those that stop the start of an application
	 */
	public String register(Object endpoint) {
		WsHandlerRegistration registration = this.annotated.apply(endpoint);
		add(registration);
		return registration.path();
	}

	private void add(WsHandlerRegistration registration) {
		WsServer running = note(registration);
		try { // without a lock: the server calls observers
			if (running != null) {
				running.addHandler(registration.path(), registration.handler(), registration.options());
			}
			else { // the builder checks the path
				WsServer.builder().handler(registration.path(), registration.handler(), registration.options());
			}
		}
		catch (RuntimeException ex) {
			synchronized (this) {
				this.added.remove(registration.path(), registration);
			}
			throw ex;
		}
	}

	private synchronized @Nullable WsServer note(WsHandlerRegistration registration) {
		String path = registration.path();
		if (this.added.containsKey(path) || this.declared.contains(path) && !this.withdrawn.contains(path)) {
			throw new IllegalArgumentException("there is an endpoint at " + path + " already");
		}
		this.added.put(path, registration);
		return this.server;
	}

	/**
	 * Removes a handler, whether the handler was added here or is a bean of the context.
	 * The server answers new handshakes with 404, and closes the handler's sessions with
	 * 1001.
	 * @param path the path, as registered
	 * @return false if no handler has the path
	 */
	public boolean unregister(String path) {
		return remove(path, (running) -> running.removeHandler(path));
	}

	/**
	 * Removes a handler and lets the handler's sessions go on. The server only answers
	 * new handshakes with 404.
	 * @param path the path, as registered
	 * @return false if no handler has the path
	 */
	public boolean retire(String path) {
		return remove(path, (running) -> running.retireHandler(path));
	}

	private boolean remove(String path, Function<WsServer, Boolean> removal) {
		WsServer running;
		synchronized (this) {
			boolean known = this.added.remove(path) != null || this.declared.contains(path) && this.withdrawn.add(path);
			if (!known) {
				return false;
			}
			running = this.server;
		}
		if (running != null) {
			removal.apply(running);
		}
		return true;
	}

	/**
	 * Starts a server with the handlers of the context and of this registry.
	 * @param beans the handlers that are beans of the context
	 * @param start starts a server with the handlers that this function receives
	 * @return the started server
	 */
	public synchronized WsServer start(Collection<WsHandlerRegistration> beans,
			Function<List<WsHandlerRegistration>, WsServer> start) {
		this.declared.clear();
		beans.forEach((bean) -> this.declared.add(bean.path()));
		this.withdrawn.retainAll(this.declared);
		Stream<WsHandlerRegistration> served = beans.stream().filter((bean) -> !this.withdrawn.contains(bean.path()));
		WsServer started = start.apply(Stream.concat(served, this.added.values().stream()).toList());
		this.server = started;
		return started;
	}

}
