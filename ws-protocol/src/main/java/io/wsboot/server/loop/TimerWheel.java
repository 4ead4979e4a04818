package io.wsboot.server.loop;

import java.util.function.Consumer;

/**
 * The timers of one event loop. Setting, moving and cancelling a timer takes constant
 * time. A timer fires up to one tick (17 ms) after its deadline, later if too many timers
 * are due at once, and never early. A timer that exists needs no memory, so that no timer
 * is lost when memory runs out. Not thread-safe.
 *
 * <pre>
 *             schedule               its tick has passed         advance runs it
 *  not set -------------> in a slot ---------------------> due ------------------> not set
 *          <------------- cancel ---------------------------+
 * </pre>
 */
public final class TimerWheel {

	/** A tick is 2^24 ns, about 17 ms. */
	private static final int TICK_SHIFT = 24;

	/** Tick t belongs to slot t modulo 1,024: one turn of the wheel takes about 17 s. */
	private static final int SLOTS = 1024;

	private final Slot[] slots = new Slot[SLOTS];

	/** The last tick whose slot has been emptied. */
	private long tick;

	/** No timer in a slot is due before this tick. */
	private long earliest = Long.MAX_VALUE;

	/** Timers that are due and have not run yet. */
	private final Slot due = new Slot();

	/** Timers that are set, in slots or due. */
	private int size;

	TimerWheel(long now) {
		for (int i = 0; i < SLOTS; i++) {
			this.slots[i] = new Slot();
		}
		this.tick = now >> TICK_SHIFT;
	}

	/**
	 * Sets a timer, or moves a timer that is set.
	 * @param timer the timer
	 * @param deadline when the timer is due, as {@link NanoClock#nanoTime} counts
	 */
	public void schedule(Timer timer, long deadline) {
		cancel(timer);
		timer.tick = Math.max((deadline >> TICK_SHIFT) + 1, this.tick + 1);
		timer.linkBefore(this.slots[(int) (timer.tick & (SLOTS - 1))]);
		this.earliest = Math.min(this.earliest, timer.tick);
		this.size++;
	}

	/** Cancels a timer, if it is set. */
	public void cancel(Timer timer) {
		if (timer.unlink()) {
			this.size--;
		}
	}

	/** Returns how many timers are set. */
	public int size() {
		return this.size;
	}

	/**
	 * Returns how long no timer is due, in nanoseconds; {@link Long#MAX_VALUE} if no
	 * timer is set.
	 */
	long untilNext(long now) {
		if (!this.due.isEmpty()) {
			return 0;
		}
		return (this.size == 0) ? Long.MAX_VALUE : Math.max(0, (this.earliest << TICK_SHIFT) - now);
	}

	/**
	 * Runs the timers that are due.
	 * @param now the time
	 * @param most how many timers to run at most; the others stay due
	 * @param runner runs a timer, which is no longer set by then
	 */
	void advance(long now, int most, Consumer<? super Timer> runner) {
		long current = now >> TICK_SHIFT;
		if (this.size == 0 || current < this.earliest) {
			this.tick = Math.max(this.tick, current);
		}
		else {
			collect(current);
		}
		for (int i = 0; i < most && !this.due.isEmpty(); i++) {
			Timer next = this.due.after();
			cancel(next);
			runner.accept(next);
		}
	}

	private void collect(long current) {
		// a jump of more than one turn of the wheel visits each slot only once
		long from = Math.max(this.tick + 1, current - SLOTS + 1);
		this.tick = current;
		for (long i = from; i <= current; i++) {
			this.slots[(int) (i & (SLOTS - 1))].takeDue(current, this.due);
		}
		findEarliest();
	}

	private void findEarliest() {
		this.earliest = Long.MAX_VALUE;
		if (this.size > 0) {
			for (long i = this.tick + 1; i <= this.tick + SLOTS; i++) {
				if (!this.slots[(int) (i & (SLOTS - 1))].isEmpty()) {
					this.earliest = i; // or a turn of the wheel too early: one more visit
					return;
				}
			}
		}
	}

	/**
	 * One deadline and its action. While a timer is set, it is linked into a ring. Users
	 * subclass a timer to keep their state in the same object, as each connection has a
	 * timer.
	 */
	public abstract static class Timer implements Runnable {

		private Timer before = this;

		private Timer after = this;

		/** The first tick at which the timer may fire. */
		private long tick;

		/** Returns a timer that runs an action. */
		public static Timer of(Runnable action) {
			return new Timer() {

				@Override
				public void run() {
					action.run();
				}

			};
		}

		/** Called on the loop when the deadline has passed. */
		@Override
		public abstract void run();

		private void linkBefore(Timer other) {
			this.after = other;
			this.before = other.before;
			other.before.after = this;
			other.before = this;
		}

		private boolean unlink() {
			boolean linked = this.after != this;
			this.before.after = this.after;
			this.after.before = this.before;
			this.after = this;
			this.before = this;
			return linked;
		}

	}

	/**
	 * The head of a ring of timers: those of one tick, and of the same slot in later
	 * turns of the wheel.
	 */
	private static final class Slot extends Timer {

		boolean isEmpty() {
			return after() == this;
		}

		/** Moves the timers that are due to the end of another ring. */
		void takeDue(long current, Slot due) {
			for (Timer timer = after(); timer != this;) {
				Timer next = timer.after;
				if (timer.tick <= current) {
					timer.unlink();
					timer.linkBefore(due);
				}
				timer = next;
			}
		}

		private Timer after() {
			return ((Timer) this).after;
		}

		@Override
		public void run() {
			throw new IllegalStateException("the head of a ring is never due");
		}

	}

}
