package io.wsboot.spring.context;

import io.wsboot.server.WsServer;
import io.wsboot.server.spi.WsServerObserver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the server after the rest of the application, and stops the server before
 * anything that its sessions may need. A server that shares the port of a web server has
 * been started before (see {@link EarlyStart}); then the start only tells where the
 * endpoints are.
 */
public final class WsServerLifecycle implements SmartLifecycle, DisposableBean {

	/**
	 * The phase of this lifecycle. The phase is above those in which Spring Boot starts
	 * and stops an HTTP server ({@code Integer.MAX_VALUE - 2048} and {@code - 1024}): the
	 * WebSocket server stops first, while the HTTP server still answers pages and
	 * readiness probes. The phase is below the default phase: what feeds sessions, such
	 * as a message listener, starts after the WebSocket server and stops before it.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 512;

	private static final Log logger = LogFactory.getLog(WsServerLifecycle.class);

	private final WsServerFactory factory;

	private final ConfigurableApplicationContext context;

	private final Readiness readiness;

	private final CurrentServer current;

	private final WsServerPlacement placement;

	/** Whether the start of the running server has been told to everybody. */
	private volatile boolean told;

	/** The events of the running server; null if nobody listens to them. */
	private volatile @Nullable SessionEvents sessionEvents;

	/**
	 * Creates the lifecycle of one server at a time.
	 * @param factory starts servers
	 * @param current shows the rest of the application which server runs
	 * @param placement tells where the endpoints are served
	 * @param context receives the events of starts and stops
	 */
	public WsServerLifecycle(WsServerFactory factory, CurrentServer current, WsServerPlacement placement,
			ConfigurableApplicationContext context) {
		this.factory = factory;
		this.current = current;
		this.placement = placement;
		this.context = context;
		this.readiness = new Readiness(context);
	}

	@Override
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		WsServer running = run();
		ServedAt place = ServedAt.of(running, this.placement.sharedPort());
		this.current.servedAt(place);
		if (place.port() > 0) {
			LocalPort.publish(this.context.getEnvironment(), place.port());
		}
		int endpoints = running.stats().endpoints().size();
		logger.info("WebSocket server started on " + place + " with " + endpoints
				+ ((endpoints == 1) ? " endpoint" : " endpoints"));
		this.readiness.accept();
		this.told = true;
		this.context.publishEvent(new WsServerStartedEvent(running, place.port()));
	}

	/**
	 * Starts the server, if none runs, and tells nobody.
	 * @return the running server
	 */
	synchronized WsServer run() {
		WsServer running = this.current.server();
		if (running != null) {
			return running;
		}
		SessionEvents events = EventListeners.want(this.context, WsSessionOpenedEvent.class, WsSessionClosedEvent.class)
				? new SessionEvents(this.context) : null;
		WsServer started = this.factory.start((events != null) ? events : WsServerObserver.NONE);
		this.sessionEvents = events;
		this.current.started(started);
		return started;
	}

	/**
	 * Stops like {@link #stop(Runnable)} and waits until the server has stopped, at most
	 * for the server's shutdown timeout.
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
	 * @param callback called when the server has stopped, by a thread of the server
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
		return this.told && this.current.server() != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Excludes the server from pauses: a paused server with a random port would come back
	 * on another port.
	 * @return false
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	/**
	 * Stops a server that no lifecycle processor will stop, because the context failed to
	 * start.
	 */
	@Override
	public void destroy() {
		stop();
	}

	/**
	 * Returns the running server.
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

	private void ended(WsServer stopped) {
		ServedAt place = this.current.servedAt();
		if (this.current.stopped(stopped)) {
			SessionEvents events = this.sessionEvents;
			if (events != null) {
				events.end();
			}
			if (this.told) {
				this.told = false;
				logger.info("WebSocket server stopped on " + place);
				this.context.publishEvent(new WsServerStoppedEvent(stopped, place.port()));
			}
		}
	}

}
