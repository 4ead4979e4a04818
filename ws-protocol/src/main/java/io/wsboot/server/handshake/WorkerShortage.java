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
 * Counts handshakes for which no worker was free in time, and knows how long the shortage
 * lasts: until a worker begins a handshake, even one that has been refused meanwhile.
 * Logs at most every ten seconds. Thread-safe.
 */
public final class WorkerShortage {

	private static final Log LOG = new Log();

	private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private final WsServerObserver observer;

	private final NanoClock clock;

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong nextLog;

	private final AtomicLong nextLogOfFailure;

	/** Since when; only while {@link #ongoing}. */
	private volatile long since;

	private volatile boolean ongoing;

	public WorkerShortage(WsServerObserver observer, NanoClock clock) {
		this.observer = observer;
		this.clock = clock;
		this.nextLog = new AtomicLong(clock.nanoTime());
		this.nextLogOfFailure = new AtomicLong(this.nextLog.get());
	}

	/** A handshake has waited for a worker in vain, from some time on. */
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
	 * Logs, at most once in ten seconds, that the executor has thrown something other
	 * than a rejection.
	 */
	void failed(Throwable cause) {
		if (isDue(this.nextLogOfFailure)) {
			LOG.log(Level.ERROR, "the executor of handlers fails", cause);
		}
	}

	private boolean isDue(AtomicLong nextLog) {
		long now = this.clock.nanoTime();
		long next = nextLog.get();
		return now - next >= 0 && nextLog.compareAndSet(next, now + LOG_INTERVAL);
	}

	/** A worker has taken up a handshake. */
	void found() {
		if (this.ongoing) {
			this.ongoing = false;
		}
	}

	/** How many handshakes have been refused since the start. */
	public long refused() {
		return this.refused.get();
	}

	/** For how long no worker has come; zero if that is over. */
	public Duration lasting() {
		return this.ongoing ? Duration.ofNanos(Math.max(0, this.clock.nanoTime() - this.since)) : Duration.ZERO;
	}

}
