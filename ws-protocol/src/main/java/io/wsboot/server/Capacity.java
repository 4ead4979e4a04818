package io.wsboot.server;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts sockets and sessions against the limits. Any thread.
 */
final class Capacity {

	/**
	 * Sockets that may be shaking hands beside the sessions, so that those above the
	 * limit can be told so.
	 */
	private static final int SPARE_SOCKETS = 1000;

	private final int maxSessions;

	private final int maxSessionsPerAddress;

	private final AtomicInteger sockets = new AtomicInteger();

	private final AtomicInteger sessions = new AtomicInteger();

	private final ConcurrentMap<InetAddress, Integer> addresses = new ConcurrentHashMap<>();

	private volatile boolean draining;

	Capacity(WsServerOptions options) {
		this.maxSessions = options.maxConnections();
		this.maxSessionsPerAddress = options.maxConnectionsPerAddress();
	}

	/** Takes room for a socket; false if there is none even to refuse it politely. */
	boolean addSocket() {
		if (this.sockets.incrementAndGet() - SPARE_SOCKETS > this.maxSessions) {
			this.sockets.decrementAndGet();
			return false;
		}
		return true;
	}

	void removeSocket() {
		this.sockets.decrementAndGet();
	}

	int sockets() {
		return this.sockets.get();
	}

	/** No session is taken any more. */
	void drain() {
		this.draining = true;
	}

	boolean isDraining() {
		return this.draining;
	}

	/** Takes room for a session; false if there is none, or none for its address. */
	boolean addSession(InetAddress address) {
		if (this.draining) {
			return false;
		}
		if (this.sessions.incrementAndGet() > this.maxSessions) {
			this.sessions.decrementAndGet();
			return false;
		}
		if (this.maxSessionsPerAddress > 0
				&& this.addresses.merge(address, 1, Integer::sum) > this.maxSessionsPerAddress) {
			removeSession(address);
			return false;
		}
		return true;
	}

	void removeSession(InetAddress address) {
		this.sessions.decrementAndGet();
		if (this.maxSessionsPerAddress > 0) {
			this.addresses.computeIfPresent(address, (key, count) -> (count == 1) ? null : count - 1);
		}
	}

}
