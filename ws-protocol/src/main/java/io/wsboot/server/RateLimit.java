package io.wsboot.server;

import java.util.concurrent.TimeUnit;

/**
 * So many events or bytes a second, with bursts of one second's worth. Costs no clock of
 * its own, and no object for each that is counted: the count is a time, kept by whoever
 * counts, at which all events so far would have happened had they come evenly. An event
 * is exact to the nanosecond.
 */
final class RateLimit {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/** Nanoseconds for each event. */
	private final long interval;

	/** The same for each byte, of which there may be more than one in each. */
	private final double perByte;

	RateLimit(long perSecond) {
		this.interval = SECOND / perSecond;
		this.perByte = (double) SECOND / perSecond;
	}

	/** The count after one more event. */
	long next(long count, long now) {
		return Math.max(count, now) + this.interval;
	}

	/** The count after so many more bytes, all at once. */
	long next(long count, long now, int bytes) {
		return Math.max(count, now) + (long) (bytes * this.perByte);
	}

	/** Whether a count, which is not to be kept else, is not too high. */
	static boolean allows(long count, long now) {
		return count - now <= SECOND;
	}

}
