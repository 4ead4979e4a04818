package io.wsboot.server;

/**
 * So many events a second, with bursts of one second's worth. Costs one field, and no
 * clock of its own. Not thread-safe.
 */
final class RateLimit {

	private static final long SECOND = 1_000_000_000L;

	private final int interval;

	/** When all events so far would have happened, had they come evenly. */
	private long even;

	RateLimit(int perSecond, long now) {
		this.interval = (int) (SECOND / perSecond);
		this.even = now;
	}

	/** Counts an event; false if it is one too many. */
	boolean allows(long now) {
		long next = Math.max(this.even, now) + this.interval;
		if (next - now > SECOND) {
			return false;
		}
		this.even = next;
		return true;
	}

}
