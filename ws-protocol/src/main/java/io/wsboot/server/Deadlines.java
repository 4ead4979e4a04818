package io.wsboot.server;

/**
 * When something must happen to one connection if nothing else does. Knows no timer: it
 * is told what happened, and asked what is due and when to ask again, so that a message
 * costs nothing but a note of the time. All times are those of the {@link NanoClock}. Not
 * thread-safe.
 */
final class Deadlines {

	/** What is due. */
	enum Due {

		NOTHING,

		/** The handshake was not done in time. */
		HANDSHAKE,

		/** The peer has been silent and is to be sent a Ping. */
		PING,

		/** The peer has not answered a Ping. */
		PONG,

		/** The peer has been silent for too long. */
		IDLE,

		/** The peer does not take what waits for it. */
		STALL,

		/** The session is old enough. */
		LIFETIME,

		/**
		 * The peer has not answered our Close frame, or not closed the connection after
		 * that.
		 */
		CLOSE;

		/** Whether it is due because nothing has been heard of the peer. */
		boolean isAboutSilence() {
			return this == PING || this == PONG || this == IDLE;
		}

	}

	private static final long NEVER = Long.MAX_VALUE;

	private final long handshakeTimeout;

	private final long idleTimeout;

	private final long pingInterval;

	private final long pongTimeout;

	private final long closeTimeout;

	private final long stallTimeout;

	private final long maxLifetime;

	private final long accepted;

	private long opened = NEVER;

	private long closing = NEVER;

	private long heard;

	private long pinged = NEVER;

	private long stalled = NEVER;

	private boolean lifetimeOver;

	private boolean idleOver;

	Deadlines(WsServerOptions options, long now) {
		this.handshakeTimeout = options.handshake().timeout().toNanos();
		this.idleTimeout = orNever(options.idleTimeout().toNanos());
		this.pingInterval = orNever(options.pingInterval().toNanos());
		this.pongTimeout = orNever(options.pongTimeout().toNanos());
		this.closeTimeout = options.closeTimeout().toNanos();
		this.stallTimeout = orNever(options.outbound().stallTimeout().toNanos());
		this.maxLifetime = orNever(options.maxLifetime().toNanos());
		this.accepted = now;
		this.heard = now;
	}

	private static long orNever(long timeout) {
		return (timeout == 0) ? NEVER : timeout;
	}

	/**
	 * Bytes came from the peer, or it was we who did not read.
	 * @return whether something may be due sooner than before
	 */
	boolean heard(long now) {
		boolean answer = this.pinged != NEVER;
		this.heard = now;
		this.pinged = NEVER;
		this.idleOver = false;
		return answer;
	}

	void opened(long now) {
		this.opened = now;
		this.heard = now;
	}

	void pinged(long now) {
		this.pinged = now;
	}

	/** The socket takes no more bytes. */
	void stalled(long now) {
		this.stalled = now;
	}

	/** It takes bytes again. */
	void flowing() {
		this.stalled = NEVER;
	}

	/**
	 * A Close frame has been sent, or what ends the connection: from here on only the
	 * close timeout counts.
	 */
	void closing(long now) {
		this.closing = now;
	}

	long accepted() {
		return this.accepted;
	}

	/** What is due; each thing once, but for what drops the connection. */
	Due due(long now) {
		if (this.closing != NEVER) {
			return over(now, this.closing, this.closeTimeout) ? Due.CLOSE : Due.NOTHING;
		}
		if (this.opened == NEVER) {
			return over(now, this.accepted, this.handshakeTimeout) ? Due.HANDSHAKE : Due.NOTHING;
		}
		if (over(now, this.stalled, this.stallTimeout)) {
			return Due.STALL;
		}
		if (!this.lifetimeOver && over(now, this.opened, this.maxLifetime)) {
			this.lifetimeOver = true;
			return Due.LIFETIME;
		}
		if (over(now, this.pinged, this.pongTimeout)) {
			return Due.PONG;
		}
		if (!this.idleOver && over(now, this.heard, this.idleTimeout)) {
			this.idleOver = true;
			return Due.IDLE;
		}
		if (this.pinged == NEVER && over(now, this.heard, this.pingInterval)) {
			return Due.PING;
		}
		return Due.NOTHING;
	}

	/** When something may be due next. */
	long next() {
		if (this.closing != NEVER) {
			return this.closing + this.closeTimeout;
		}
		if (this.opened == NEVER) {
			return this.accepted + this.handshakeTimeout;
		}
		long next = sum(this.stalled, this.stallTimeout);
		next = Math.min(next, this.lifetimeOver ? NEVER : sum(this.opened, this.maxLifetime));
		next = Math.min(next, sum(this.pinged, this.pongTimeout));
		next = Math.min(next, this.idleOver ? NEVER : sum(this.heard, this.idleTimeout));
		return Math.min(next, (this.pinged != NEVER) ? NEVER : sum(this.heard, this.pingInterval));
	}

	private static boolean over(long now, long since, long timeout) {
		return since != NEVER && timeout != NEVER && now - since >= timeout;
	}

	private static long sum(long since, long timeout) {
		return (since == NEVER || timeout == NEVER) ? NEVER : since + timeout;
	}

}
