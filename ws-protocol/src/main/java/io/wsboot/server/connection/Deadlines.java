package io.wsboot.server.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import io.wsboot.server.loop.NanoClock;

/**
 * The deadlines of one connection. This class sets no timer: it records what happened,
 * and answers which deadline has passed and when the next deadline is, so that a message
 * costs no more than the note of a time. All times are nanoseconds of the
 * {@link NanoClock}. The connection's loop owns all fields; any thread may call
 * {@link #since} and {@link #heardAt}.
 *
 * <pre>
 *  accepted --------------- handshake timeout ------------------&gt; HANDSHAKE
 *     | opened
 *     v
 *   open -- no bytes from the peer -- ping interval ------------&gt; PING -- pong timeout --&gt; PONG
 *     |  -- no bytes from the peer -- idle timeout -------------&gt; IDLE
 *     |  -- the socket takes no bytes -- stall timeout ---------&gt; STALL
 *     |  -- maximum lifetime -----------------------------------&gt; LIFETIME
 *     | closing
 *     v
 *  closing ---------------- close timeout ----------------------&gt; CLOSE
 * </pre>
 */
final class Deadlines {

	/** A deadline that has passed. */
	enum Due {

		/** No deadline has passed. */
		NOTHING,

		/** The handshake has not been answered in time. */
		HANDSHAKE,

		/** The peer has been silent for the ping interval: the server sends a Ping. */
		PING,

		/** The peer has not answered a Ping. */
		PONG,

		/** The peer has been silent for too long. */
		IDLE,

		/** The socket has not taken a byte of what waits for the peer. */
		STALL,

		/** The session has reached its maximum age. */
		LIFETIME,

		/**
		 * The peer has not answered our Close frame, or not ended the connection after
		 * that.
		 */
		CLOSE;

		/** Whether the deadline passed because the peer was silent. */
		boolean isAboutSilence() {
			return this == PING || this == PONG || this == IDLE;
		}

	}

	/** A time that never comes. */
	static final long NEVER = Long.MAX_VALUE;

	private static final VarHandle SINCE = handle("since");

	private static final VarHandle HEARD = handle("heard");

	/** The time of the accept, and from {@link #opened} on of the opening. */
	private long since;

	/** The time of the last bytes from the peer, or of the last moment of a pause. */
	private long heard;

	/** The time of a Ping without an answer; once closing, of the close. */
	private long asked = NEVER;

	/** The time from which on the socket has taken no bytes. */
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
	 * Bytes have come from the peer, or the server did not read.
	 * @return whether a deadline may have come nearer
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

	/** The session is open. */
	void opened(long now) {
		this.open = true;
		SINCE.setOpaque(this, now);
		HEARD.setOpaque(this, now);
	}

	/** The server has sent a Ping. */
	void pinged(long now) {
		this.asked = now;
	}

	/** The socket takes no more bytes. */
	void stalled(long now) {
		this.stalled = now;
	}

	/** The socket takes bytes again. */
	void flowing() {
		this.stalled = NEVER;
	}

	/** The connection is closing: from here on only the close timeout counts. */
	void closing(long now) {
		this.closing = true;
		this.asked = now;
	}

	/** The time of the accept, or of the opening if the session is open. Any thread. */
	long since() {
		return (long) SINCE.getOpaque(this);
	}

	/**
	 * The time of the last bytes from the peer, or of the last moment of a pause. Any
	 * thread.
	 */
	long heardAt() {
		return (long) HEARD.getOpaque(this);
	}

	/**
	 * The most urgent deadline that has passed. {@code IDLE} and {@code LIFETIME} are
	 * returned once only.
	 */
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

	/** The time of the next deadline; {@link #NEVER} if there is none. */
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
