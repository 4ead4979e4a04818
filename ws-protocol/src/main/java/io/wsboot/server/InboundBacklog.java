package io.wsboot.server;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * How much waits for one session's handler, against what may. Any thread.
 */
final class InboundBacklog {

	private static final AtomicIntegerFieldUpdater<InboundBacklog> CALLS = AtomicIntegerFieldUpdater
		.newUpdater(InboundBacklog.class, "calls");

	private static final AtomicIntegerFieldUpdater<InboundBacklog> PARTS = AtomicIntegerFieldUpdater
		.newUpdater(InboundBacklog.class, "parts");

	private static final AtomicLongFieldUpdater<InboundBacklog> BYTES = AtomicLongFieldUpdater
		.newUpdater(InboundBacklog.class, "bytes");

	private final InboundOptions limits;

	/**
	 * Calls that wait, and the one that is being made. Of an endpoint with concurrency
	 * those that wait only.
	 */
	private volatile int calls;

	/** Bytes of all messages and parts. */
	private volatile long bytes;

	/** Parts of messages that wait to be taken by such a call. */
	private volatile int parts;

	InboundBacklog(InboundOptions limits) {
		this.limits = limits;
	}

	/** Counts a call in; true if it is the only one. */
	boolean add(int size) {
		BYTES.addAndGet(this, size);
		return CALLS.getAndIncrement(this) == 0;
	}

	/** Counts a call out; true if there are more. */
	boolean remove(int size) {
		BYTES.addAndGet(this, -size);
		return CALLS.decrementAndGet(this) > 0;
	}

	void addPart(int size) {
		BYTES.addAndGet(this, size);
		PARTS.getAndIncrement(this);
	}

	void removePart(int size) {
		BYTES.addAndGet(this, -size);
		PARTS.getAndDecrement(this);
	}

	/** Whether no call is counted. */
	boolean isEmpty() {
		return this.calls == 0;
	}

	/** Whether more than one call is counted. */
	boolean hasWaiting() {
		return this.calls > 1;
	}

	/** Calls that wait, and the one that is being made unless calls may overlap. */
	int calls() {
		return this.calls;
	}

	boolean isFull() {
		return this.calls + this.parts >= this.limits.maxPendingMessages()
				|| this.bytes >= this.limits.maxPendingBytes();
	}

	boolean isHalfDone() {
		return this.calls + this.parts <= this.limits.maxPendingMessages() / 2
				&& this.bytes <= this.limits.maxPendingBytes() / 2;
	}

}
