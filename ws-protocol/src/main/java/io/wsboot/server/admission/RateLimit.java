package io.wsboot.server.admission;

import java.util.concurrent.TimeUnit;

/**
 * A limit of events or bytes per second, with bursts of one second's worth (the generic
 * cell rate algorithm). Immutable: one limit serves any number of counts. A count is a
 * {@code long} that the caller keeps: the time in nanoseconds at which all events so far
 * would have happened had they come evenly.
 */
public final class RateLimit {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/** Nanoseconds for each event. */
	private final long interval;

	/** Nanoseconds for each byte; below 1 if there may be several in a nanosecond. */
	private final double perByte;

	/**
	 * Creates a limit.
	 * @param perSecond events or bytes per second, 1 or more
	 */
	RateLimit(long perSecond) {
		this.interval = SECOND / perSecond;
		this.perByte = (double) SECOND / perSecond;
	}

	/** The count after one more event. */
	public long next(long count, long now) {
		return Math.max(count, now) + this.interval;
	}

	/** The count after a number of bytes that come at once. */
	public long next(long count, long now, int bytes) {
		return Math.max(count, now) + (long) (bytes * this.perByte);
	}

	/** Whether a count is within the limit. A count that is not must not be kept. */
	public static boolean allows(long count, long now) {
		return count - now <= SECOND;
	}

}
