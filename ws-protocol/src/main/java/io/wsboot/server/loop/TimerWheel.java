package io.wsboot.server.loop;

import java.util.function.Consumer;

/**
 * The deadlines of one event loop: setting, moving and cancelling one costs O(1). Fires
 * up to one tick late, and later if too many are due at once; never early. Allocates
 * nothing once it is made, so that no timer is lost for want of memory. Not thread-safe.
 */
public final class TimerWheel {

	/** 2^24 ns, about 17 ms. */
	private static final int TICK_SHIFT = 24;

	private static final int SLOTS = 1024;

	private final Slot[] slots = new Slot[SLOTS];

	/** The last tick that has been dealt with. */
	private long tick;

	/** No timer is due before this tick. */
	private long earliest = Long.MAX_VALUE;

	/** What is about to be run. */
	private final Slot due = new Slot();

	private int size;

	TimerWheel(long now) {
		for (int i = 0; i < SLOTS; i++) {
			this.slots[i] = new Slot();
		}
		this.tick = now >> TICK_SHIFT;
	}

	/** Sets or moves a timer. */
	public void schedule(Timer timer, long deadline) {
		cancel(timer);
		timer.tick = Math.max((deadline >> TICK_SHIFT) + 1, this.tick + 1);
		timer.linkBefore(this.slots[(int) (timer.tick & (SLOTS - 1))]);
		this.earliest = Math.min(this.earliest, timer.tick);
		this.size++;
	}

	public void cancel(Timer timer) {
		if (timer.unlink()) {
			this.size--;
		}
	}

	/** How many timers are set. */
	public int size() {
		return this.size;
	}

	/**
	 * How long nothing is due, in nanoseconds; {@link Long#MAX_VALUE} if nothing is set.
	 */
	long untilNext(long now) {
		if (!this.due.isEmpty()) {
			return 0;
		}
		return (this.size == 0) ? Long.MAX_VALUE : Math.max(0, (this.earliest << TICK_SHIFT) - now);
	}

	/**
	 * Gives away what is due.
	 * @param most how many at most; the others are left for the next time
	 * @param runner runs each of them, which is no longer set then
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
		// after a jump of more than a round, each slot is still looked at only once
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
					this.earliest = i; // or a round earlier than need be, which costs one
										// look
					return;
				}
			}
		}
	}

	/**
	 * One deadline, linked into a slot of the wheel while it is set. What it is about is
	 * in the same object, as there is one for each connection.
	 */
	public abstract static class Timer implements Runnable {

		private Timer before = this;

		private Timer after = this;

		private long tick;

		/** One that runs something. */
		public static Timer of(Runnable action) {
			return new Timer() {

				@Override
				public void run() {
					action.run();
				}

			};
		}

		/** The deadline has passed. */
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

	/** Those that are due at a tick, or whole rounds later: the head of a ring. */
	private static final class Slot extends Timer {

		boolean isEmpty() {
			return after() == this;
		}

		/** Moves what is due to the end of another ring. */
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
