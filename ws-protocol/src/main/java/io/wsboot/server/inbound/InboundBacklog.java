package io.wsboot.server.inbound;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.overload.InboundPressure;

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

	/** What a call that waits takes beside its payload. */
	private static final int CALL_MEMORY = 96;

	/** The budget of all connections is told of so many calls at once. */
	private static final int TOLD_CALLS = InboundPressure.UNTOLD / CALL_MEMORY;

	private final InboundOptions limits;

	private final InboundPressure pressure;

	/**
	 * Calls that wait, and the one that is being made. Of an endpoint with concurrency
	 * those that wait only.
	 */
	private volatile int calls;

	/** Bytes of all messages and parts. */
	private volatile long bytes;

	/** Bytes of the message that the handler is at work on; of whoever calls it. */
	private int running;

	/** Parts of messages that wait to be taken by such a call. */
	private volatile int parts;

	InboundBacklog(InboundOptions limits, InboundPressure pressure) {
		this.limits = limits;
		this.pressure = pressure;
	}

	/** Counts a call in; true if it is the only one. */
	boolean add(int size) {
		change(size);
		int before = CALLS.getAndIncrement(this);
		tell(before, before + 1);
		return before == 0;
	}

	/** Counts a call out; true if there are more. */
	boolean remove(int size) {
		this.running = 0;
		change(-size);
		int after = CALLS.decrementAndGet(this);
		tell(after + 1, after);
		return after > 0;
	}

	void addPart(int size) {
		change(size);
		int before = PARTS.getAndIncrement(this);
		tell(before, before + 1);
	}

	void removePart(int size) {
		change(-size);
		int after = PARTS.decrementAndGet(this);
		tell(after + 1, after);
	}

	/** Bytes have come or gone. What is told of them in all depends on what is there. */
	void change(int size) {
		if (size != 0) {
			long after = BYTES.addAndGet(this, size);
			this.pressure.held(told(after) - told(after - size));
		}
	}

	private void tell(int before, int after) {
		this.pressure.held(toldOf(after) - toldOf(before));
	}

	/**
	 * Rounds up to steps: the budget is shared by all threads, and messages are often
	 * short.
	 */
	private static long told(long bytes) {
		return (bytes < InboundPressure.UNTOLD) ? 0
				: (bytes + InboundPressure.UNTOLD - 1) / InboundPressure.UNTOLD * InboundPressure.UNTOLD;
	}

	private static int toldOf(int calls) {
		return (calls < TOLD_CALLS) ? 0 : (calls + TOLD_CALLS - 1) / TOLD_CALLS * TOLD_CALLS * CALL_MEMORY;
	}

	/** Memory that the budget of all connections knows of. */
	long told() {
		return told(this.bytes) + toldOf(this.calls) + toldOf(this.parts);
	}

	/** A call begins that has so many bytes, until it is counted out. */
	void running(int size) {
		this.running = size;
	}

	/** Memory of what waits beside the call that is being made. */
	long waiting() {
		return hasWaiting() ? Math.max(0, told() - this.running) : 0;
	}

	/**
	 * Memory of a text: Java takes two bytes for each character as soon as one is beyond
	 * Latin-1, and nobody else can tell whether one is.
	 */
	static int memory(String text, int size) {
		return (text.length() == size) ? size : (int) Math.min(Integer.MAX_VALUE, Math.max(size, 2L * text.length()));
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
