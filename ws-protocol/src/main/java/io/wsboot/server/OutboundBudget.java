package io.wsboot.server;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many bytes wait in all connections together, and how many may. Whoever owns an
 * {@link Outbound} tells of what is left there once the socket has taken what it could,
 * so that messages which need not wait touch nothing that is shared. Any thread.
 */
final class OutboundBudget {

	/** 0 = no limit. */
	private final long max;

	private final LongAdder queued = new LongAdder();

	OutboundBudget(long max) {
		this.max = max;
	}

	long max() {
		return this.max;
	}

	/**
	 * More waits somewhere, or less if negative.
	 * @return whether that has made it too much
	 */
	boolean add(long change) {
		if (this.max == 0) {
			return false;
		}
		this.queued.add(change);
		return change > 0 && isExceeded();
	}

	long queued() {
		return this.queued.sum();
	}

	boolean isExceeded() {
		return queued() > this.max;
	}

	/**
	 * How much must go: to an eighth below the limit, so that the next messages do not
	 * exceed it again.
	 */
	long excess() {
		return queued() - (this.max - this.max / 8);
	}

}
