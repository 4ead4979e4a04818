package io.wsboot.server;

/**
 * So many bytes a second, with bursts of one second's worth. Costs no clock of its own.
 * Not thread-safe.
 */
final class ByteRateLimit {

	private static final long SECOND = 1_000_000_000L;

	/** So that a second's worth, counted in nanoseconds, still is a long. */
	private static final long FASTEST = Long.MAX_VALUE / SECOND;

	private final long perSecond;

	private long left;

	private long refilled;

	/**
	 * The last time that was looked at, which a round of the loop has for all its
	 * messages.
	 */
	private long looked;

	ByteRateLimit(long perSecond, long now) {
		this.perSecond = Math.min(perSecond, FASTEST);
		this.left = this.perSecond;
		this.refilled = now;
		this.looked = now;
	}

	/** Counts some bytes; false if they are too many. */
	boolean allows(int bytes, long now) {
		if (now != this.looked) {
			this.looked = now;
			refill(now);
		}
		if (bytes > this.left) {
			return false;
		}
		this.left -= bytes;
		return true;
	}

	private void refill(long now) {
		long elapsed = now - this.refilled;
		long earned = Math.min(elapsed, SECOND) * this.perSecond / SECOND;
		if (earned >= this.perSecond - this.left) {
			this.left = this.perSecond;
			this.refilled = now;
		}
		else if (earned > 0) {
			this.left += earned;
			this.refilled += earned * SECOND / this.perSecond; // part of a byte is kept
		}
	}

}
