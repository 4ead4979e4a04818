package io.wsboot.server.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How busy an event loop is: the share of time that it does not spend waiting for
 * sockets. Written by the loop, read by any thread.
 */
final class LoopLoad {

	private static final long WINDOW = 1_000_000_000L;

	/** No round takes as long that is not stuck in a handler. */
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

	private boolean idle;

	private long since;

	private volatile long busyNanos;

	/** The same for other threads, but for the last bit; 0 = idle. */
	private long busySince;

	// the readers'

	private long windowStart;

	private long busyAtStart;

	private double lastShare;

	LoopLoad(long now) {
		this.since = now;
		this.busySince = now | 1;
		this.windowStart = now;
	}

	void idleFrom(long now) {
		if (!this.idle) {
			this.busyNanos += Math.max(0, now - this.since);
			this.idle = true;
			BUSY_SINCE.setOpaque(this, 0L);
		}
	}

	boolean isIdle() {
		return this.idle;
	}

	void busyFrom(long now) {
		this.idle = false;
		this.since = now;
		BUSY_SINCE.setOpaque(this, now | 1);
	}

	/** Whether it has been at the same round for so long that a handler must hold it. */
	boolean isStuck(long now) {
		long since = (long) BUSY_SINCE.getOpaque(this);
		return since != 0 && now - since >= STUCK_AFTER;
	}

	/** The share since the window began; windows are at least a second long. */
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
