package io.wsboot.server.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Measures how busy an event loop is: the share of time that the loop does not wait in a
 * select. The loop alternates between idle and busy; any thread reads.
 */
final class LoopLoad {

	/** The shortest time that a share is measured over, in nanoseconds. */
	private static final long WINDOW = 1_000_000_000L;

	/**
	 * Nanoseconds after which a round counts as stuck: only a handler that does not
	 * return makes a round take so long.
	 */
	private static final long STUCK_AFTER = 10_000_000_000L;

	private static final VarHandle BUSY_SINCE;

	static {
		try {
			BUSY_SINCE = MethodHandles.lookup().findVarHandle(LoopLoad.class, "busySince", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** Used on the loop only. */
	private boolean idle;

	/** When the loop became busy. Used on the loop only. */
	private long since;

	/**
	 * The busy time up to the last idle time. Written by the loop, read by any thread.
	 */
	private volatile long busyNanos;

	/**
	 * The same as {@link #since} with the last bit set, or 0 while the loop is idle.
	 * Written by the loop, read by any thread, both in opaque mode.
	 */
	private long busySince;

	/** Guarded by the lock of this object, as are the next two fields. */
	private long windowStart;

	private long busyAtStart;

	private double lastShare;

	LoopLoad(long now) {
		this.since = now;
		this.busySince = now | 1;
		this.windowStart = now;
	}

	/** The loop begins to wait. On the loop. */
	void idleFrom(long now) {
		if (!this.idle) {
			this.busyNanos += Math.max(0, now - this.since);
			this.idle = true;
			BUSY_SINCE.setOpaque(this, 0L);
		}
	}

	/** Whether the loop waits. On the loop. */
	boolean isIdle() {
		return this.idle;
	}

	/** The loop begins to work. On the loop. */
	void busyFrom(long now) {
		this.idle = false;
		this.since = now;
		BUSY_SINCE.setOpaque(this, now | 1);
	}

	/**
	 * Whether the loop has been in the same round for so long that a handler must block
	 * it. Any thread.
	 */
	boolean isStuck(long now) {
		long since = (long) BUSY_SINCE.getOpaque(this);
		return since != 0 && now - since >= STUCK_AFTER;
	}

	/**
	 * The busy share of the last window. A new window begins when the current one is at
	 * least a second long. Any thread.
	 * @return 0.0 to 1.0
	 */
	synchronized double share(long now) {
		long elapsed = now - this.windowStart;
		if (elapsed >= WINDOW) {
			long busy = this.busyNanos;
			this.lastShare = Math.min(1.0, (double) (busy - this.busyAtStart) / elapsed);
			this.windowStart = now;
			this.busyAtStart = busy;
		}
		return this.lastShare;
	}

}
