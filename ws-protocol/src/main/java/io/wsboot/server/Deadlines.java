package io.wsboot.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * When something must happen to one connection if nothing else does. Knows no timer: it
 * is told what happened, and asked what is due and when to ask again, so that a message
 * costs nothing but a note of the time. All times are those of the {@link NanoClock}. Not
 * thread-safe, but for {@link #since} and {@link #heardAt}, which any thread may read.
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

	static final long NEVER = Long.MAX_VALUE;

	private static final VarHandle SINCE = handle("since");

	private static final VarHandle HEARD = handle("heard");

	private final Timeouts timeouts;

	/** When the connection was accepted, and from {@link #opened} on when that was. */
	private long since;

	private long closing = NEVER;

	private long heard;

	private long pinged = NEVER;

	private long stalled = NEVER;

	private boolean open;

	private boolean lifetimeOver;

	private boolean idleOver;

	Deadlines(Timeouts timeouts, long now) {
		this.timeouts = timeouts;
		this.since = now;
		this.heard = now;
	}

	private static VarHandle handle(String field) {
		try {
			return MethodHandles.lookup().findVarHandle(Deadlines.class, field, long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * Bytes came from the peer, or it was we who did not read.
	 * @return whether something may be due sooner than before
	 */
	boolean heard(long now) {
		boolean answer = this.pinged != NEVER;
		HEARD.setOpaque(this, now);
		this.pinged = NEVER;
		this.idleOver = false;
		return answer;
	}

	void opened(long now) {
		this.open = true;
		SINCE.setOpaque(this, now);
		HEARD.setOpaque(this, now);
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

	/** When the connection was accepted, and once it is open when it was opened. */
	long since() {
		return (long) SINCE.getOpaque(this);
	}

	/** When bytes came from the peer last, or it was we who did not read. */
	long heardAt() {
		return (long) HEARD.getOpaque(this);
	}

	/** What is due; each thing once, but for what drops the connection. */
	Due due(long now) {
		if (this.closing != NEVER) {
			return over(now, this.closing, this.timeouts.close()) ? Due.CLOSE : Due.NOTHING;
		}
		if (!this.open) {
			return over(now, this.since, this.timeouts.handshake()) ? Due.HANDSHAKE : Due.NOTHING;
		}
		if (over(now, this.stalled, this.timeouts.stall())) {
			return Due.STALL;
		}
		if (!this.lifetimeOver && over(now, this.since, this.timeouts.lifetime())) {
			this.lifetimeOver = true;
			return Due.LIFETIME;
		}
		if (over(now, this.pinged, this.timeouts.pong())) {
			return Due.PONG;
		}
		if (!this.idleOver && over(now, this.heard, this.timeouts.idle())) {
			this.idleOver = true;
			return Due.IDLE;
		}
		if (this.pinged == NEVER && over(now, this.heard, this.timeouts.pingInterval())) {
			return Due.PING;
		}
		return Due.NOTHING;
	}

	/** When something may be due next. */
	long next() {
		if (this.closing != NEVER) {
			return this.closing + this.timeouts.close();
		}
		if (!this.open) {
			return this.since + this.timeouts.handshake();
		}
		long next = sum(this.stalled, this.timeouts.stall());
		next = Math.min(next, this.lifetimeOver ? NEVER : sum(this.since, this.timeouts.lifetime()));
		next = Math.min(next, sum(this.pinged, this.timeouts.pong()));
		next = Math.min(next, this.idleOver ? NEVER : sum(this.heard, this.timeouts.idle()));
		return Math.min(next, (this.pinged != NEVER) ? NEVER : sum(this.heard, this.timeouts.pingInterval()));
	}

	private static boolean over(long now, long since, long timeout) {
		return since != NEVER && timeout != NEVER && now - since >= timeout;
	}

	private static long sum(long since, long timeout) {
		return (since == NEVER || timeout == NEVER) ? NEVER : since + timeout;
	}

}
