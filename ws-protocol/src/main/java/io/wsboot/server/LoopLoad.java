package io.wsboot.server;

/**
 * How busy an event loop is: the share of time that it does not spend waiting for
 * sockets. Written by the loop, read by any thread.
 */
final class LoopLoad {

	private static final long WINDOW = 1_000_000_000L;

	private boolean idle;

	private long since;

	private volatile long busyNanos;

	// the readers'

	private long windowStart;

	private long busyAtStart;

	private double lastShare;

	LoopLoad(long now) {
		this.since = now;
		this.windowStart = now;
	}

	void idleFrom(long now) {
		if (!this.idle) {
			this.busyNanos += Math.max(0, now - this.since);
			this.idle = true;
		}
	}

	boolean isIdle() {
		return this.idle;
	}

	void busyFrom(long now) {
		this.idle = false;
		this.since = now;
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
