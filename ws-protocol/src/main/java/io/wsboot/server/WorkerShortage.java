package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.wsboot.server.WsServerObserver.ErrorKind;

/**
 * Keeps count of handshakes that no worker was free for in time, and of how long that has
 * been so: until a worker takes one of them up, even if its client has been told to come
 * later. Any thread.
 */
final class WorkerShortage {

	private static final Log LOG = new Log();

	private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private final WsServerObserver observer;

	private final NanoClock clock;

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong nextLog;

	/** Since when; only while {@link #ongoing}. */
	private volatile long since;

	private volatile boolean ongoing;

	WorkerShortage(WsServerObserver observer, NanoClock clock) {
		this.observer = observer;
		this.clock = clock;
		this.nextLog = new AtomicLong(clock.nanoTime());
	}

	/** A handshake has waited for a worker in vain, from some time on. */
	void refused(String endpoint, long waitedFrom) {
		if (!this.ongoing) {
			this.since = waitedFrom;
			this.ongoing = true;
		}
		long count = this.refused.incrementAndGet();
		this.observer.error(ErrorKind.NO_WORKER);
		long now = this.clock.nanoTime();
		long next = this.nextLog.get();
		if (now - next >= 0 && this.nextLog.compareAndSet(next, now + LOG_INTERVAL)) {
			LOG.log(Level.WARNING,
					() -> "no worker was free for " + count + " handshakes so far, the last of them of " + endpoint
							+ ": callbacks keep all workers busy, so clients get 503. Use virtual threads, a bigger"
							+ " executor, or callbacks that block for less time",
					null);
		}
	}

	/** A worker has taken up a handshake. */
	void found() {
		if (this.ongoing) {
			this.ongoing = false;
		}
	}

	/** How many handshakes have been refused since the start. */
	long refused() {
		return this.refused.get();
	}

	/** For how long no worker has come; zero if that is over. */
	Duration lasting() {
		return this.ongoing ? Duration.ofNanos(Math.max(0, this.clock.nanoTime() - this.since)) : Duration.ZERO;
	}

}
