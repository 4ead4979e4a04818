package io.wsboot.server.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import io.wsboot.server.loop.NanoClock;

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

	/** When the connection was accepted, and from {@link #opened} on when that was. */
	private long since;

	private long heard;

	/** When a Ping was sent that has not been answered, or from closing on the Close. */
	private long asked = NEVER;

	private long stalled = NEVER;

	private boolean open;

	private boolean closing;

	private boolean lifetimeOver;

	private boolean idleOver;

	Deadlines(long now) {
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
		HEARD.setOpaque(this, now);
		this.idleOver = false;
		if (this.closing || this.asked == NEVER) {
			return false;
		}
		this.asked = NEVER;
		return true;
	}

	void opened(long now) {
		this.open = true;
		SINCE.setOpaque(this, now);
		HEARD.setOpaque(this, now);
	}

	void pinged(long now) {
		this.asked = now;
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
		this.closing = true;
		this.asked = now;
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
	Due due(Timeouts timeouts, long now) {
		if (this.closing) {
			return over(now, this.asked, timeouts.close()) ? Due.CLOSE : Due.NOTHING;
		}
		if (!this.open) {
			return over(now, this.since, timeouts.handshake()) ? Due.HANDSHAKE : Due.NOTHING;
		}
		if (over(now, this.stalled, timeouts.stall())) {
			return Due.STALL;
		}
		if (!this.lifetimeOver && over(now, this.since, timeouts.lifetime())) {
			this.lifetimeOver = true;
			return Due.LIFETIME;
		}
		if (over(now, this.asked, timeouts.pong())) {
			return Due.PONG;
		}
		if (!this.idleOver && over(now, this.heard, timeouts.idle())) {
			this.idleOver = true;
			return Due.IDLE;
		}
		if (this.asked == NEVER && over(now, this.heard, timeouts.pingInterval())) {
			return Due.PING;
		}
		return Due.NOTHING;
	}

	/** When something may be due next. */
	long next(Timeouts timeouts) {
		if (this.closing) {
			return this.asked + timeouts.close();
		}
		if (!this.open) {
			return this.since + timeouts.handshake();
		}
		long next = sum(this.stalled, timeouts.stall());
		next = Math.min(next, this.lifetimeOver ? NEVER : sum(this.since, timeouts.lifetime()));
		next = Math.min(next, sum(this.asked, timeouts.pong()));
		next = Math.min(next, this.idleOver ? NEVER : sum(this.heard, timeouts.idle()));
		return Math.min(next, (this.asked != NEVER) ? NEVER : sum(this.heard, timeouts.pingInterval()));
	}

	private static boolean over(long now, long since, long timeout) {
		return since != NEVER && timeout != NEVER && now - since >= timeout;
	}

	private static long sum(long since, long timeout) {
		return (since == NEVER || timeout == NEVER) ? NEVER : since + timeout;
	}

}
