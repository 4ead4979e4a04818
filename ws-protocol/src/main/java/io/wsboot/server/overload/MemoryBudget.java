package io.wsboot.server.overload;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many bytes all connections together hold of one kind, and how many they may. Each
 * connection tells of what is left at the end of a turn, so that messages which need not
 * wait touch nothing that is shared. Any thread.
 */
public final class MemoryBudget {

	/** 0 = no limit. */
	private final long max;

	private final LongAdder held = new LongAdder();

	/** Whether it has been exceeded, and not been relieved since. */
	private final AtomicBoolean pressed = new AtomicBoolean();

	MemoryBudget(long max) {
		this.max = max;
	}

	long max() {
		return this.max;
	}

	/**
	 * A connection holds more, or less if negative.
	 * @return whether that has made it too much
	 */
	boolean add(long change) {
		this.held.add(change);
		return change > 0 && isExceeded();
	}

	public long held() {
		return this.held.sum();
	}

	public boolean isExceeded() {
		return this.max > 0 && held() > this.max;
	}

	/** From here on there is pressure, until {@link #relieve}. */
	void press() {
		this.pressed.set(true);
	}

	boolean isPressed() {
		return this.pressed.get();
	}

	/** Ends the pressure if there is room enough again; whether it has. */
	boolean relieve() {
		return this.pressed.get() && excess() <= 0 && this.pressed.compareAndSet(true, false);
	}

	/**
	 * How much must go: to an eighth below the limit, so that the next messages do not
	 * exceed it again.
	 */
	long excess() {
		return held() - (this.max - this.max / 8);
	}

}
