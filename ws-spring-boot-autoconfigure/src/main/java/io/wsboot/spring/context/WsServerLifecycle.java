package io.wsboot.spring.context;

import io.wsboot.server.WsServer;
import io.wsboot.server.WsServerObserver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the server when the rest of the application is there, and stops it before
 * anything that its sessions may need.
 */
public final class WsServerLifecycle implements SmartLifecycle, DisposableBean {

	/**
	 * Above the phases in which Spring Boot stops and starts an HTTP server
	 * ({@code Integer.MAX_VALUE - 1024} and {@code - 2048}), so that a page is not served
	 * before its socket can be opened nor its socket cut by the HTTP server's shutdown.
	 * Below the default phase, so that what feeds sessions, such as a message listener,
	 * starts after us and ends before us.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 512;

	private static final Log logger = LogFactory.getLog(WsServerLifecycle.class);

	private final WsServerFactory factory;

	private final ConfigurableApplicationContext context;

	private final Readiness readiness;

	private final CurrentServer current;

	/** Of the running server; null if nobody listens. */
	private volatile @Nullable SessionEvents sessionEvents;

	/**
	 * Creates the lifecycle of one server at a time.
	 * @param factory starts servers
	 * @param current is where the rest of the application finds them
	 * @param context is told of their starts and stops
	 */
	public WsServerLifecycle(WsServerFactory factory, CurrentServer current, ConfigurableApplicationContext context) {
		this.factory = factory;
		this.current = current;
		this.context = context;
		this.readiness = new Readiness(context);
	}

	@Override
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		SessionEvents events = EventListeners.want(this.context, WsSessionOpenedEvent.class, WsSessionClosedEvent.class)
				? new SessionEvents(this.context) : null;
		WsServer started = this.factory.start((events != null) ? events : WsServerObserver.NONE);
		this.sessionEvents = events;
		this.current.started(started);
		if (started.port() > 0) {
			LocalPort.publish(this.context.getEnvironment(), started.port());
		}
		int endpoints = started.stats().endpoints().size();
		logger.info("WebSocket server started on " + place(started) + (started.isSecure() ? " (wss)" : "") + " with "
				+ endpoints + ((endpoints == 1) ? " endpoint" : " endpoints"));
		this.readiness.accept();
		this.context.publishEvent(new WsServerStartedEvent(started));
	}

	/**
	 * Stops as {@link #stop(Runnable)} and waits, at most for the server's shutdown
	 * timeout.
	 */
	@Override
	public void stop() {
		WsServer running = this.current.server();
		if (running != null) {
			drain(running);
			running.close();
			ended(running);
		}
	}

	/**
	 * Refuses new handshakes, tells the readiness probe, and closes all sessions with
	 * 1001.
	 * @param callback called when it is done, by a thread of the server
	 */
	@Override
	public void stop(Runnable callback) {
		WsServer running = this.current.server();
		if (running == null) {
			callback.run();
			return;
		}
		try {
			drain(running);
		}
		finally {
			running.stop().whenComplete((nothing, failure) -> {
				try {
					ended(running);
				}
				finally {
					callback.run();
				}
			});
		}
	}

	@Override
	public boolean isRunning() {
		return this.current.server() != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * A paused server would come back on another port if it is a random one.
	 * @return false
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	/**
	 * Stops a server that no lifecycle processor will: the context failed to start.
	 */
	@Override
	public void destroy() {
		stop();
	}

	/**
	 * The running server.
	 * @return the server, null if none runs
	 */
	public @Nullable WsServer server() {
		return this.current.server();
	}

	private void drain(WsServer running) {
		if (this.current.drain(running)) {
			this.readiness.refuse();
		}
	}

	private static String place(WsServer server) {
		return (server.port() > 0) ? "port " + server.port() : server.options().address().toString();
	}

	private void ended(WsServer stopped) {
		if (this.current.stopped(stopped)) {
			SessionEvents events = this.sessionEvents;
			if (events != null) {
				events.end();
			}
			logger.info("WebSocket server stopped on " + place(stopped));
			this.context.publishEvent(new WsServerStoppedEvent(stopped));
		}
	}

}
