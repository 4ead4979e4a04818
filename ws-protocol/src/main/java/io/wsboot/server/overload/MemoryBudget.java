package io.wsboot.server.overload;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the bytes that all connections together hold of one kind, and has their limit.
 * Each connection reports at the end of a batch how many bytes are left, so that a
 * message that need not wait touches nothing that threads share. Any thread may call all
 * methods.
 */
public final class MemoryBudget {

	/** The limit in bytes; 0 for no limit. */
	private final long max;

	private final LongAdder held = new LongAdder();

	/**
	 * Whether the budget is under pressure: set by {@link #press}, cleared by
	 * {@link #relieve}.
	 */
	private final AtomicBoolean pressed = new AtomicBoolean();

	MemoryBudget(long max) {
		this.max = max;
	}

	/** Returns the limit in bytes; 0 for no limit. */
	long max() {
		return this.max;
	}

	/**
	 * Counts bytes.
	 * @param change the difference in bytes; negative for fewer
	 * @return whether bytes were added and the budget is exceeded
	 */
	boolean add(long change) {
		this.held.add(change);
		return change > 0 && isExceeded();
	}

	/** Returns how many bytes all connections hold. */
	public long held() {
		return this.held.sum();
	}

	/** Whether there is a limit and more bytes are held. */
	public boolean isExceeded() {
		return this.max > 0 && held() > this.max;
	}

	/** Begins the pressure. */
	void press() {
		this.pressed.set(true);
	}

	/** Whether the budget is under pressure. */
	boolean isPressed() {
		return this.pressed.get();
	}

	/**
	 * Ends the pressure if enough is free.
	 * @return whether this call has ended the pressure
	 */
	boolean relieve() {
		return this.pressed.get() && excess() <= 0 && this.pressed.compareAndSet(true, false);
	}

	/**
	 * Returns how many bytes must be freed until an eighth of the budget is free. With
	 * less, the next messages would exceed the budget again.
	 * @return bytes; 0 or less if enough is free
	 */
	long excess() {
		return held() - (this.max - this.max / 8);
	}

}
