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

	/** Sockets that may be about to make room, each for one that has taken it already. */
	private static final int MAKING_ROOM = 100;

	private final int maxSessions;

	private final AtomicInteger sockets = new AtomicInteger();

	/** How many of them are about to make room. */
	private final AtomicInteger makingRoom = new AtomicInteger();

	private final UnfinishedHandshakes unfinished;

	private final TrustedProxies proxies;

	private final int maxPerAddress;

	private final int ipv6PrefixLength;

	private final AtomicInteger sessions = new AtomicInteger();

	private final KeyedCounter<InetAddress> addresses;

	private final KeyedCounter<Object> principals;

	/** Null if there is no limit. */
	private final @Nullable RateLimit handshakes;

	/** What has been counted of them; guarded by the limit. */
	private long handshakesCounted;

	private volatile boolean draining;

	Capacity(WsServerOptions options, long now) {
		AdmissionOptions admission = options.admission();
		this.maxSessions = options.maxConnections();
		this.maxPerAddress = admission.maxConnectionsPerAddress();
		this.ipv6PrefixLength = admission.ipv6PrefixLength();
		this.unfinished = new UnfinishedHandshakes(this::client);
		this.proxies = TrustedProxies.of(admission.proxies());
		this.addresses = new KeyedCounter<>(admission.maxConnectionsPerAddress());
		this.principals = new KeyedCounter<>(admission.maxConnectionsPerPrincipal());
		int perSecond = admission.maxHandshakesPerSecond();
		this.handshakes = (perSecond > 0) ? new RateLimit(perSecond) : null;
		this.handshakesCounted = now;
	}

	private InetAddress client(InetAddress address) {
		return IpAddress.client(address, this.ipv6PrefixLength);
	}

	/**
	 * Takes room for a socket. If there is none, the client that has most unfinished
	 * handshakes gives up its oldest; so does one with more of them than it may have
	 * sessions, unless it is a proxy, which connects for many. By one thread.
	 * @return false if there is no room even to refuse it politely
	 */
	boolean addSocket(UnfinishedHandshake handshake) {
		int its = this.unfinished.add(handshake); // first, as it may find no memory
		if (this.maxPerAddress > 0 && its > this.maxPerAddress && !this.proxies.include(handshake.peer())
				&& maySomebodyMakeRoom()) {
			makeRoom(this.unfinished.takeOldestBeside(handshake), handshake);
		}
		if (this.sockets.incrementAndGet() - SPARE_SOCKETS <= this.maxSessions
				|| (maySomebodyMakeRoom() && makeRoom(this.unfinished.takeOldestOfMost(), handshake))) {
			return true;
		}
		removeSocket();
		this.unfinished.remove(handshake);
		return false;
	}

	/** Asked by one thread at a time. */
	private boolean maySomebodyMakeRoom() {
		return this.makingRoom.get() < MAKING_ROOM;
	}

	private boolean makeRoom(@Nullable UnfinishedHandshake oldest, UnfinishedHandshake newest) {
		if (oldest == null || oldest == newest) {
			return false;
		}
		this.makingRoom.incrementAndGet();
		oldest.drop(this.makingRoom::decrementAndGet);
		return true;
	}

	/** It has become a session, or is about to go. */
	void finish(UnfinishedHandshake handshake) {
		handshake.finish();
		this.unfinished.remove(handshake);
	}

	void removeSocket() {
		this.sockets.decrementAndGet();
	}

	/** For tests: sockets that have not become sessions. */
	int unfinishedHandshakes() {
		return this.unfinished.count();
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
		if (address != null && !this.addresses.tryIncrement(client(address))) {
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
			this.addresses.decrement(client(address));
		}
	}

	/** Takes room for a session of a principal; false if there is none. */
	boolean addPrincipal(@Nullable Principal principal) {
		return principal == null || this.principals.tryIncrement(nameOf(principal));
	}

	void removePrincipal(@Nullable Principal principal) {
		if (principal != null) {
			this.principals.decrement(nameOf(principal));
		}
	}

	private static Object nameOf(Principal principal) {
		String name = principal.getName(); // null if a token names nobody
		return (name != null) ? name : NAMELESS;
	}

}
