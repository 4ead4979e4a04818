package io.wsboot.server.loop;

/**
 * Counts selects that return at once although no socket is ready. A selector that goes on
 * like this keeps its loop busy for nothing. Not thread-safe.
 */
final class EmptySelects {

	/** More empty selects in a row than late wake-ups can explain. */
	static final int MANY = 512;

	/**
	 * Nanoseconds. Timers alone make selects end empty too, but not {@link #MANY} times
	 * within this time.
	 */
	private static final long SHORT = 1_000_000_000L;

	private final NanoClock clock;

	private int count;

	/** The time of the first empty select of the row. */
	private long since;

	/**
	 * Creates a counter.
	 * @param clock a clock that runs in real time, as selects do
	 */
	EmptySelects(NanoClock clock) {
		this.clock = clock;
	}

	/** Called when a select had a reason to end: the row is over. */
	void reset() {
		this.count = 0;
	}

	/**
	 * Counts a select that ended for no reason.
	 * @return whether the selector no longer waits: {@link #MANY} selects in a row ended
	 * for no reason, within a second
	 */
	boolean recordEmptySelect() {
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
