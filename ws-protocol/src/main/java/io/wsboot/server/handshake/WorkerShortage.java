package io.wsboot.server.handshake;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.wsboot.server.loop.Log;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;

/**
 * Counts handshakes for which no worker was free in time, and measures how long such a
 * shortage lasts: it ends when a worker begins a handshake, even a handshake that has
 * been refused meanwhile. Logs at most once in ten seconds. Any thread.
 */
public final class WorkerShortage {

	private static final Log LOG = new Log();

	private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private final WsServerObserver observer;

	private final NanoClock clock;

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong nextLog;

	private final AtomicLong nextLogOfFailure;

	/** When the shortage began; valid only while {@link #ongoing}. */
	private volatile long since;

	private volatile boolean ongoing;

	public WorkerShortage(WsServerObserver observer, NanoClock clock) {
		this.observer = observer;
		this.clock = clock;
		this.nextLog = new AtomicLong(clock.nanoTime());
		this.nextLogOfFailure = new AtomicLong(this.nextLog.get());
	}

	/**
	 * A handshake has waited for a worker in vain.
	 * @param waitedFrom when the wait began
	 */
	void refused(String endpoint, long waitedFrom) {
		if (!this.ongoing) {
			this.since = waitedFrom;
			this.ongoing = true;
		}
		long count = this.refused.incrementAndGet();
		this.observer.error(ErrorKind.NO_WORKER);
		if (isDue(this.nextLog)) {
			LOG.log(Level.WARNING,
					() -> "no worker was free for " + count + " handshakes so far, the last of them of " + endpoint
							+ ": callbacks keep all workers busy, so clients get 503. Use virtual threads, a bigger"
							+ " executor, or callbacks that block for less time",
					null);
		}
	}

	/**
	 * Logs, at most once in ten seconds, an exception of the executor that is no
	 * rejection.
	 */
	void failed(Throwable cause) {
		if (isDue(this.nextLogOfFailure)) {
			LOG.log(Level.ERROR, "the executor of handlers fails", cause);
		}
	}

	/** Whether to log now; true for one caller in ten seconds. */
	private boolean isDue(AtomicLong nextLog) {
		long now = this.clock.nanoTime();
		long next = nextLog.get();
		return now - next >= 0 && nextLog.compareAndSet(next, now + LOG_INTERVAL);
	}

	/** A worker has begun a handshake: the shortage is over. */
	void found() {
		if (this.ongoing) {
			this.ongoing = false;
		}
	}

	/** How many handshakes have been refused since the server started. */
	public long refused() {
		return this.refused.get();
	}

	/** How long the shortage has lasted; zero if there is none. */
	public Duration lasting() {
		return this.ongoing ? Duration.ofNanos(Math.max(0, this.clock.nanoTime() - this.since)) : Duration.ZERO;
	}

}
