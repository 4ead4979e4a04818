package io.wsboot.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much waits for one session's handler, against what may. Any thread.
 */
final class InboundBacklog {

	private final InboundOptions limits;

	/** Calls that wait or are being made. */
	private final AtomicInteger calls = new AtomicInteger();

	/** Parts of messages that wait to be taken by such a call. */
	private final AtomicInteger parts = new AtomicInteger();

	/** Bytes of all messages and parts. */
	private final AtomicLong bytes = new AtomicLong();

	InboundBacklog(InboundOptions limits) {
		this.limits = limits;
	}

	/** Counts a call in; true if it is the only one. */
	boolean add(int size) {
		this.bytes.addAndGet(size);
		return this.calls.getAndIncrement() == 0;
	}

	/** Counts a call out; true if there are more. */
	boolean remove(int size) {
		this.bytes.addAndGet(-size);
		return this.calls.decrementAndGet() > 0;
	}

	void addPart(int size) {
		this.bytes.addAndGet(size);
		this.parts.getAndIncrement();
	}

	void removePart(int size) {
		this.bytes.addAndGet(-size);
		this.parts.getAndDecrement();
	}

	/** Whether calls wait beside the one that is being made. */
	boolean hasWaiting() {
		return this.calls.get() > 1;
	}

	boolean isFull() {
		return this.calls.get() + this.parts.get() >= this.limits.maxPendingMessages()
				|| this.bytes.get() >= this.limits.maxPendingBytes();
	}

	boolean isHalfDone() {
		return this.calls.get() + this.parts.get() <= this.limits.maxPendingMessages() / 2
				&& this.bytes.get() <= this.limits.maxPendingBytes() / 2;
	}

}
