package io.wsboot.server;

import java.net.InetAddress;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.WsServerObserver.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Counts sockets, handshakes and sessions against the limits. Any thread.
 */
final class Capacity {

	/**
	 * Sockets that may be shaking hands beside the sessions, so that those above the
	 * limit can be told so.
	 */
	private static final int SPARE_SOCKETS = 1000;

	/** Stands for all principals without a name, and for no principal that has one. */
	private static final Object NAMELESS = new Object();

	private final int maxSessions;

	private final AtomicInteger sockets = new AtomicInteger();

	private final AtomicInteger sessions = new AtomicInteger();

	private final Shares<InetAddress> addresses;

	private final Shares<Object> principals;

	/** Null if there is no limit. */
	private final @Nullable RateLimit handshakes;

	/** What has been counted of them; guarded by the limit. */
	private long handshakesCounted;

	private volatile boolean draining;

	Capacity(WsServerOptions options, long now) {
		AdmissionOptions admission = options.admission();
		this.maxSessions = options.maxConnections();
		this.addresses = new Shares<>(admission.maxConnectionsPerAddress());
		this.principals = new Shares<>(admission.maxConnectionsPerPrincipal());
		int perSecond = admission.maxHandshakesPerSecond();
		this.handshakes = (perSecond > 0) ? new RateLimit(perSecond) : null;
		this.handshakesCounted = now;
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

	/**
	 * Takes room for a session whose handshake is about to be judged.
	 * @param address the client's; null if it has none, and so counts in all only
	 * @return the limit that leaves no room; null if there was some
	 */
	@Nullable Limit addSession(@Nullable InetAddress address, long now) {
		if (this.sessions.incrementAndGet() > this.maxSessions) {
			this.sessions.decrementAndGet();
			return Limit.CONNECTIONS;
		}
		if (address != null && !this.addresses.add(address)) {
			this.sessions.decrementAndGet();
			return Limit.CONNECTIONS_PER_ADDRESS;
		}
		if (!admitsHandshake(now)) { // last, so that what is refused anyway takes no part
			removeSession(address);
			return Limit.HANDSHAKES_PER_SECOND;
		}
		return null;
	}

	private boolean admitsHandshake(long now) {
		if (this.handshakes == null) {
			return true;
		}
		synchronized (this.handshakes) {
			long count = this.handshakes.next(this.handshakesCounted, now);
			boolean allowed = RateLimit.allows(count, now);
			this.handshakesCounted = allowed ? count : this.handshakesCounted;
			return allowed;
		}
	}

	void removeSession(@Nullable InetAddress address) {
		this.sessions.decrementAndGet();
		if (address != null) {
			this.addresses.remove(address);
		}
	}

	/** Takes room for a session of a principal; false if there is none. */
	boolean addPrincipal(@Nullable Principal principal) {
		return principal == null || this.principals.add(nameOf(principal));
	}

	void removePrincipal(@Nullable Principal principal) {
		if (principal != null) {
			this.principals.remove(nameOf(principal));
		}
	}

	private static Object nameOf(Principal principal) {
		String name = principal.getName(); // null if a token names nobody
		return (name != null) ? name : NAMELESS;
	}

}
