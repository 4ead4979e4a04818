package io.wsboot.server;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.BooleanSupplier;

import io.wsboot.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes wait for one peer, and how many may. Any thread, but for the marks,
 * which are the business of whoever owns the {@link Outbound}.
 */
final class OutboundRoom {

	/** What the number of bytes has just passed. */
	enum Mark {

		NONE,

		/** Above the high-water mark. */
		HIGH,

		/** Down to half of it. */
		LOW

	}

	private static final AtomicLongFieldUpdater<OutboundRoom> QUEUED = AtomicLongFieldUpdater
		.newUpdater(OutboundRoom.class, "queued");

	private final OutboundOptions limits;

	private final @Nullable BlockedSenders senders;

	private volatile long queued;

	private volatile boolean high;

	/**
	 * Whether a sender has been told to wait for the low mark, though the level may not
	 * have been high when the owner looked.
	 */
	private volatile boolean awaited;

	OutboundRoom(OutboundOptions limits) {
		this.limits = limits;
		this.senders = (limits.overflow() == OverflowPolicy.BLOCK) ? new BlockedSenders() : null;
	}

	long queued() {
		return this.queued;
	}

	/**
	 * Asks for room. A single message may be as big as it likes if nothing else waits.
	 * @return whether there is room, which is then taken
	 */
	boolean reserve(long size) {
		while (true) {
			long before = this.queued;
			if (before > 0 && before + size > this.limits.maxQueued()) {
				return false;
			}
			if (QUEUED.compareAndSet(this, before, before + size)) {
				return true;
			}
		}
	}

	/**
	 * Waits on a worker until there is room, which is then taken; false if it is not to
	 * be had any more.
	 */
	boolean await(long size, BooleanSupplier closed) {
		return this.senders != null && this.senders.await(() -> closed.getAsBoolean() || reserve(size))
				&& !closed.getAsBoolean();
	}

	/** Takes room whether there is any or not, or gives it back if negative. */
	void take(long size) {
		QUEUED.addAndGet(this, size);
	}

	boolean isOverfull() {
		return this.queued > this.limits.maxQueued();
	}

	boolean isHigh() {
		return this.queued > this.limits.highWaterMark();
	}

	/** What to tell a sender whose message has been queued. */
	SendResult result() {
		if (!isHigh()) {
			return SendResult.QUEUED;
		}
		this.awaited = true; // before the second look, so that the owner's next one sees
								// it
		return isHigh() ? SendResult.CONGESTED : SendResult.QUEUED;
	}

	/** Everything that waited is lost. */
	void clear() {
		this.queued = 0;
		signal();
	}

	/** Senders that wait may have another look. */
	void signal() {
		if (this.senders != null) {
			this.senders.signal();
		}
	}

	/** Whether the last mark was the high one. Any thread. */
	boolean isCongested() {
		return this.high;
	}

	/** The mark that has been passed since the last call. */
	Mark mark() {
		long level = this.queued;
		if (!this.high && level > this.limits.highWaterMark()) {
			this.high = true;
			return Mark.HIGH;
		}
		if ((this.high || this.awaited) && level <= this.limits.highWaterMark() / 2) {
			this.high = false;
			this.awaited = false;
			return Mark.LOW;
		}
		return Mark.NONE;
	}

}
