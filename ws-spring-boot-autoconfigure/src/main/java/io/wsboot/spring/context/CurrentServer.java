package io.wsboot.spring.context;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.wsboot.WsSessions;
import io.wsboot.server.WsServer;
import io.wsboot.server.spi.WsServerStats;
import org.jspecify.annotations.Nullable;

/**
 * The server that an application context runs at the moment. This bean needs no other
 * bean, so views of the server can be injected anywhere, even into what the server itself
 * is made with. Safe for use by several threads.
 */
public final class CurrentServer {

	private final AtomicReference<@Nullable WsServer> server = new AtomicReference<>();

	private volatile boolean draining;

	/** The server that was started last; null before the first start. */
	private volatile @Nullable WsServer latest;

	private volatile ServedAt servedAt = ServedAt.NOWHERE;

	/** Creates the holder; no server runs yet. */
	public CurrentServer() {
	}

	/**
	 * Returns the running server.
	 * @return the server, null if none runs
	 */
	public @Nullable WsServer server() {
		return this.server.get();
	}

	/**
	 * Returns the server that was started last. A server that has stopped answers every
	 * handshake with 503.
	 * @return the server, null before the first start
	 */
	public @Nullable WsServer latest() {
		return this.latest;
	}

	/**
	 * Returns the TCP port that clients use.
	 * @return 1 to 65535: the port of the server's own listener if there is one, else the
	 * port that is shared; -1 if there is none, and before the server has started
	 */
	public int port() {
		return this.servedAt.port();
	}

	/**
	 * Tells whether connections to the {@link #port} are encrypted.
	 * @return true for {@code wss}, false for {@code ws}
	 */
	public boolean isSecure() {
		return this.servedAt.secure();
	}

	/**
	 * Tells whether the server is about to stop and refuses new sessions.
	 * @return true from the beginning of a stop to the next start
	 */
	public boolean isDraining() {
		return this.draining;
	}

	/**
	 * Returns a view of the sessions of the server that runs when the view is used.
	 * @return the view, which is empty while no server runs
	 */
	public WsSessions sessions() {
		return new DeferredSessions(() -> Optional.ofNullable(server()).map(WsServer::sessions));
	}

	/**
	 * Returns the counts of the server that runs when the counts are read.
	 * @return the counts, which are zero while no server runs
	 */
	public WsServerStats stats() {
		return new DeferredStats(() -> Optional.ofNullable(server()).map(WsServer::stats));
	}

	void started(WsServer started) {
		this.draining = false;
		this.latest = started;
		this.server.set(started);
	}

	ServedAt servedAt() {
		return this.servedAt;
	}

	void servedAt(ServedAt place) {
		this.servedAt = place;
	}

	/** Drains the server; false if the server drains already. */
	boolean drain(WsServer running) {
		boolean first = !this.draining;
		if (first) {
			this.draining = true;
			running.drain();
		}
		return first;
	}

	/** Forgets the server; false if the server has been forgotten already. */
	boolean stopped(WsServer stopped) {
		return this.server.compareAndSet(stopped, null);
	}

}
