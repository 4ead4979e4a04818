package io.wsboot.server.admission;

import java.net.InetAddress;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.address.IpAddress;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.spi.WsServerObserver.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Counts sockets, handshakes and sessions, and refuses those beyond the limits.
 * Thread-safe, unless a method says otherwise.
 */
public final class Capacity {

	/**
	 * Sockets that may be open beside the sessions, so that the server can answer
	 * handshakes beyond the limit with a refusal.
	 */
	private static final int SPARE_SOCKETS = 1000;

	/** The key of all principals without a name; equals no name. */
	private static final Object NAMELESS = new Object();

	/** Sockets that may be about to close in favour of newer ones. */
	private static final int MAKING_ROOM = 100;

	private final int maxSessions;

	private final AtomicInteger sockets = new AtomicInteger();

	/** How many sockets are about to close in favour of newer ones. */
	private final AtomicInteger makingRoom = new AtomicInteger();

	private final UnfinishedHandshakes unfinished;

	private final TrustedProxies proxies;

	private final int maxPerAddress;

	private final int ipv6PrefixLength;

	private final AtomicInteger sessions = new AtomicInteger();

	private final KeyedCounter<InetAddress> addresses;

	private final KeyedCounter<Object> principals;

	/** The limit of handshakes per second; null if there is none. */
	private final @Nullable RateLimit handshakes;

	/** The count of handshakes for the rate limit, which is its lock. */
	private long handshakesCounted;

	private volatile boolean draining;

	public Capacity(WsServerOptions options, long now) {
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

	/** The address that stands for a client, see {@link IpAddress#client}. */
	private InetAddress client(InetAddress address) {
		return IpAddress.client(address, this.ipv6PrefixLength);
	}

	/**
	 * Counts a new socket. At the limit of sockets, the oldest unfinished handshake of
	 * the client that has the most of them is dropped in its favour. Likewise, if the
	 * client has more unfinished handshakes than it may have sessions, its own oldest one
	 * is dropped, unless the client is a trusted proxy, which connects for many. Called
	 * by one thread.
	 * @return false if the socket must be closed without an answer
	 */
	public boolean addSocket(UnfinishedHandshake handshake) {
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

	/**
	 * Counts a connection whose handshake another server has read. {@link #removeSocket}
	 * must follow.
	 * @return false if the server is full, so that the handshake must be refused
	 */
	public boolean addHostedSocket() {
		return this.sockets.incrementAndGet() - SPARE_SOCKETS <= this.maxSessions;
	}

	/** Whether another handshake may be dropped now. Called by one thread at a time. */
	private boolean maySomebodyMakeRoom() {
		return this.makingRoom.get() < MAKING_ROOM;
	}

	/**
	 * Drops the oldest handshake unless it is the newest; whether it has been dropped.
	 */
	private boolean makeRoom(@Nullable UnfinishedHandshake oldest, UnfinishedHandshake newest) {
		if (oldest == null || oldest == newest) {
			return false;
		}
		this.makingRoom.incrementAndGet();
		oldest.drop(this.makingRoom::decrementAndGet);
		return true;
	}

	/** Forgets a handshake that has become a session, or whose socket will be closed. */
	public void finish(UnfinishedHandshake handshake) {
		handshake.finish();
		this.unfinished.remove(handshake);
	}

	/** Counts a socket out that has been closed. */
	public void removeSocket() {
		this.sockets.decrementAndGet();
	}

	/** The number of sockets that have not become sessions, for tests. */
	public int unfinishedHandshakes() {
		return this.unfinished.count();
	}

	/** The number of open sockets. */
	public int sockets() {
		return this.sockets.get();
	}

	/** Begins to drain: no new session may be opened from now on. */
	public void drain() {
		this.draining = true;
	}

	/** Whether the server drains. */
	public boolean isDraining() {
		return this.draining;
	}

	/**
	 * Counts a session whose handshake is about to be judged.
	 * @param address the client's address; null if it has none, so that the limit per
	 * address does not apply
	 * @param now the time in nanoseconds
	 * @return the limit that the session would exceed, so that it has not been counted;
	 * null if it has been
	 */
	@Nullable public Limit addSession(@Nullable InetAddress address, long now) {
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

	/** Whether the limit of handshakes per second allows one more now. */
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

	/** Counts a session out that has ended, or whose handshake has been refused. */
	public void removeSession(@Nullable InetAddress address) {
		this.sessions.decrementAndGet();
		if (address != null) {
			this.addresses.decrement(client(address));
		}
	}

	/** Counts a session of a principal; false if the principal is at its limit. */
	public boolean addPrincipal(@Nullable Principal principal) {
		return principal == null || this.principals.tryIncrement(nameOf(principal));
	}

	/** Counts a session of a principal out. */
	public void removePrincipal(@Nullable Principal principal) {
		if (principal != null) {
			this.principals.decrement(nameOf(principal));
		}
	}

	private static Object nameOf(Principal principal) {
		String name = principal.getName(); // null if a token names nobody
		return (name != null) ? name : NAMELESS;
	}

}
