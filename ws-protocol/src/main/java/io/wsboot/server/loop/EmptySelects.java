package io.wsboot.server.loop;

/**
 * Notices a selector that returns at once with nothing ready, again and again, as it
 * would keep its loop busy for nothing. Not thread-safe.
 */
final class EmptySelects {

	/** More in a row than late wake-ups can explain. */
	static final int MANY = 512;

	/**
	 * Timers alone make a select end empty, but not nearly as often.
	 */
	private static final long SHORT = 1_000_000_000L;

	private final NanoClock clock;

	private int count;

	private long since;

	/**
	 * @param clock one that goes on, as a select does not heed any other
	 */
	EmptySelects(NanoClock clock) {
		this.clock = clock;
	}

	/** The loop had something to do. */
	void reset() {
		this.count = 0;
	}

	/** Counts a select that ended for no reason; whether it was one too many. */
	boolean isOneTooMany() {
		if (this.count++ == 0) {
			this.since = this.clock.nanoTime();
		}
		if (this.count < MANY) {
			return false;
		}
		this.count = 0;
		return this.clock.nanoTime() - this.since < SHORT;
	}

}
