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
 * Adds and removes handlers of an application context's server: before the server starts,
 * while it runs, and for all its later starts. Inject this bean anywhere. Safe for use by
 * several threads.
 */
public final class WsHandlerRegistry {

	private final Function<Object, WsHandlerRegistration> annotated;

	/** Of those that were added here, by path. */
	private final Map<String, WsHandlerRegistration> added = new LinkedHashMap<>();

	/** Paths that beans of the context serve, as of the last start. */
	private final Set<String> declared = new HashSet<>();

	/** Those of them that are not to be served any more. */
	private final Set<String> withdrawn = new HashSet<>();

	/** The last one that was started. */
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
	 * @param path the path, such as {@code /chat/{room}}
	 * @param handler serves its sessions
	 * @throws IllegalArgumentException if the path is malformed, or another endpoint has
	 * it
	 */
	public void register(String path, WsHandler handler) {
		register(path, handler, EndpointOptions.DEFAULTS);
	}

	/**
	 * Adds a handler.
	 * @param path the path, such as {@code /chat/{room}}
	 * @param handler serves its sessions
	 * @param options what the endpoint does its own way
	 * @throws IllegalArgumentException if the path is malformed, another endpoint has it,
	 * or the options make no sense beside those of the server
	 */
	public void register(String path, WsHandler handler, EndpointOptions options) {
		add(new WsHandlerRegistration(path, handler, options));
	}

	/**
	 * Adds a bean whose class is annotated with {@code @WsEndpoint}, and that the context
	 * did not know when the server started.
	 * @param endpoint the bean
	 * @return its path, its placeholders resolved
	 * @throws IllegalArgumentException if another endpoint has its path
	 * @throws IllegalStateException if {@code ws.server.enabled} is false
	 * @throws RuntimeException if it cannot work as it is written, as at the start of an
	 * application
	 */
	public String register(Object endpoint) {
		WsHandlerRegistration registration = this.annotated.apply(endpoint);
		add(registration);
		return registration.path();
	}

	private void add(WsHandlerRegistration registration) {
		WsServer running = note(registration);
		try { // without a lock, as observers are told
			if (running != null) {
				running.addHandler(registration.path(), registration.handler(), registration.options());
			}
			else { // which checks the path
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
	 * Removes a handler, whether it was added here or is a bean of the context: new
	 * handshakes are answered with 404, and its sessions are closed with 1001.
	 * @param path its path, as it was registered
	 * @return whether there was one
	 */
	public boolean unregister(String path) {
		return remove(path, (running) -> running.removeHandler(path));
	}

	/**
	 * Removes a handler and lets its sessions go on: only new handshakes are answered
	 * with 404.
	 * @param path its path, as it was registered
	 * @return whether there was one
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
	 * Starts a server with all handlers.
	 * @param beans those that are beans of the context
	 * @param start starts a server with the handlers that it is given
	 * @return the server
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
