package io.wsboot.spring.context;

import java.util.function.Supplier;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the server before a web server that shares its port accepts the first request.
 *
 * <pre>
 *  start  EarlyStart: the server runs --&gt; web server accepts --&gt; {@link WsServerLifecycle}: tells everybody
 *  stop   {@link WsServerLifecycle}: the server ends --&gt; web server ends
 * </pre>
 *
 * If the start of the context fails in between, this class stops the server.
 */
public final class EarlyStart implements SmartLifecycle {

	/**
	 * The phase of this lifecycle, below the one in which Spring Boot starts a web server
	 * ({@code Integer.MAX_VALUE - 2048}).
	 */
	public static final int PHASE = Integer.MAX_VALUE - 2048 - 512;

	/** Found late: what a bean depends on would be started with the bean. */
	private final Supplier<WsServerLifecycle> lifecycle;

	private final WsServerPlacement placement;

	/**
	 * Creates the early start of a server.
	 * @param lifecycle finds what starts and stops the server
	 * @param placement tells whether a port is shared
	 */
	public EarlyStart(Supplier<WsServerLifecycle> lifecycle, WsServerPlacement placement) {
		this.lifecycle = lifecycle;
		this.placement = placement;
	}

	@Override
	public void start() {
		if (this.placement.sharedPort() != null) {
			this.lifecycle.get().run();
		}
	}

	@Override
	public void stop() {
		this.lifecycle.get().stop();
	}

	@Override
	public void stop(Runnable callback) {
		this.lifecycle.get().stop(callback);
	}

	@Override
	public boolean isRunning() {
		return this.lifecycle.get().server() != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
