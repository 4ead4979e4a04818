package io.wsboot.spring.context;

import java.util.concurrent.atomic.AtomicReference;

import io.wsboot.WsSessions;
import io.wsboot.server.WsServer;
import io.wsboot.server.WsServerStats;
import org.jspecify.annotations.Nullable;

/**
 * The server that an application context runs at the moment. This bean needs no other
 * one, so views of the server can be injected anywhere, into what the server itself is
 * made with too. Safe for use by several threads.
 */
public final class CurrentServer {

	private final AtomicReference<@Nullable WsServer> server = new AtomicReference<>();

	private volatile boolean draining;

	/**
	 * The running server.
	 * @return the server, null if none runs
	 */
	public @Nullable WsServer server() {
		return this.server.get();
	}

	/**
	 * Whether the server is about to stop and refuses new sessions.
	 * @return true from the beginning of a stop to the next start
	 */
	public boolean isDraining() {
		return this.draining;
	}

	/**
	 * The sessions of the server that runs when they are asked for.
	 * @return sessions that are none while no server runs
	 */
	public WsSessions sessions() {
		return new DeferredSessions(() -> {
			WsServer running = this.server.get();
			return (running != null) ? running.sessions() : NoSessions.INSTANCE;
		});
	}

	/**
	 * The counts of the server that runs when they are asked for.
	 * @return counts that are zero while no server runs
	 */
	public WsServerStats stats() {
		return new DeferredStats(() -> {
			WsServer running = this.server.get();
			return (running != null) ? running.stats() : null;
		});
	}

	void started(WsServer started) {
		this.draining = false;
		this.server.set(started);
	}

	/** Whether nobody has begun to drain it before. */
	boolean drain(WsServer running) {
		boolean first = !this.draining;
		if (first) {
			this.draining = true;
			running.drain();
		}
		return first;
	}

	/** Whether nobody has said so before. */
	boolean stopped(WsServer stopped) {
		return this.server.compareAndSet(stopped, null);
	}

}
