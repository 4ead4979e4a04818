package io.wsboot.server;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.wsboot.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes wait for one peer, and how many may. Any thread, but for the marks,
 * which are the business of whoever owns the {@link Outbound}.
 */
final class OutboundWatermarks {

	/** What the number of bytes has just passed. */
	enum Mark {

		NONE,

		/** Above the high-water mark. */
		HIGH,

		/** Down to half of it. */
		LOW

	}

	private static final AtomicLongFieldUpdater<OutboundWatermarks> QUEUED = AtomicLongFieldUpdater
		.newUpdater(OutboundWatermarks.class, "queued");

	private final Supplier<BlockedSenders> waitingPlace;

	private OutboundOptions limits;

	/** Not before somebody waits, unless all do. */
	private volatile @Nullable BlockedSenders senders;

	private volatile long queued;

	/**
	 * Bytes of {@link #queued} that wait for the end of a message which is sent
	 * piecewise: only its sender can do something about them.
	 */
	private volatile long waiting;

	private volatile boolean high;

	private volatile boolean overflowed;

	/**
	 * Whether a sender has been told to wait for the low mark, though the level may not
	 * have been high when the owner looked.
	 */
	private volatile boolean awaited;

	OutboundWatermarks(OutboundOptions limits) {
		this(limits, BlockedSenders::new);
	}

	/**
	 * Room for one peer.
	 * @param waitingPlace where senders wait, if they ever have to
	 */
	OutboundWatermarks(OutboundOptions limits, Supplier<BlockedSenders> waitingPlace) {
		this.limits = limits;
		this.waitingPlace = waitingPlace;
		this.senders = (limits.overflow() == OverflowPolicy.BLOCK) ? waitingPlace.get() : null;
	}

	/**
	 * Heeds the limits of an endpoint, whose policy is the server's: before the session
	 * is shown to anybody.
	 */
	void limit(OutboundOptions limits) {
		this.limits = limits;
	}

	/** What happens to what there is no room for. */
	OverflowPolicy overflowPolicy() {
		return this.limits.overflow();
	}

	long queued() {
		return this.queued;
	}

	/**
	 * Asks for room. A single message may be as big as it likes if nothing else waits.
	 * @return whether there is room, which is then taken
	 */
	boolean tryReserve(long size) {
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

	/** Asks for room for part of the message that others may wait for, within a bound. */
	private boolean tryReservePart(long size, long bound) {
		while (true) {
			long before = this.queued;
			long ahead = before - this.waiting;
			if (ahead > 0 && ahead + size > bound) {
				return false;
			}
			if (QUEUED.compareAndSet(this, before, before + size)) {
				return true;
			}
		}
	}

	/**
	 * The same as {@link #tryReserve} for part of the message that others may wait for.
	 */
	boolean tryReservePart(long size) {
		return tryReservePart(size, this.limits.maxQueued());
	}

	/**
	 * Waits on a worker until part of a message fits below the high-water mark, whatever
	 * the policy; false if it is not to be had any more. Above the mark the peer might
	 * not be read, and could not say that it wants no more of the message.
	 */
	boolean awaitPart(long size, BooleanSupplier closed) {
		return tryReservePart(size, this.limits.highWaterMark())
				|| await(() -> tryReservePart(size, this.limits.highWaterMark()), closed);
	}

	/**
	 * Waits on a worker until there is room, which is then taken; false if it is not to
	 * be had any more.
	 */
	boolean await(long size, BooleanSupplier closed) {
		return await(() -> tryReserve(size), closed);
	}

	/** Room that has been taken is the caller's, though the session may have closed. */
	private boolean await(BooleanSupplier reserved, BooleanSupplier closed) {
		AtomicBoolean taken = new AtomicBoolean();
		senders().await(() -> {
			boolean over = closed.getAsBoolean();
			taken.set(!over && reserved.getAsBoolean());
			return over || taken.get();
		});
		return taken.get();
	}

	/** The current thread sends part of a message. */
	void streams(Object message, boolean last) {
		if (overflowPolicy() == OverflowPolicy.BLOCK) {
			senders().streams(message, last);
		}
	}

	/**
	 * Whether the current thread, where it may have to wait for room, is in the middle of
	 * a message to the same peer: it would wait for itself.
	 */
	boolean isStreaming() {
		return overflowPolicy() == OverflowPolicy.BLOCK && senders().isStreaming();
	}

	private synchronized BlockedSenders senders() {
		BlockedSenders senders = this.senders;
		if (senders == null) {
			senders = this.waitingPlace.get();
			this.senders = senders;
		}
		return senders;
	}

	/** Takes room whether there is any or not, or gives it back if negative. */
	void add(long size) {
		QUEUED.addAndGet(this, size);
	}

	/** How many of the bytes wait for the end of a message. */
	void waiting(long bytes) {
		if (this.waiting != bytes) {
			this.waiting = bytes;
		}
	}

	boolean isOverfull() {
		return isTooMuch(this.queued);
	}

	/** More waits than may, and the session is closed for it. */
	void overflow() {
		this.overflowed = true;
	}

	boolean hasOverflowed() {
		return this.overflowed;
	}

	/** Whether more bytes than may wait. */
	boolean isTooMuch(long bytes) {
		return bytes > this.limits.maxQueued();
	}

	boolean isHigh() {
		return this.queued - this.waiting > this.limits.highWaterMark();
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

	/** Senders that wait may have another look. */
	void signal() {
		BlockedSenders senders = this.senders;
		if (senders != null) {
			senders.signal();
		}
	}

	/** Whether the last mark was the high one. Any thread. */
	boolean isCongested() {
		return this.high;
	}

	/** The mark that has been passed since the last call. */
	Mark mark() {
		long level = this.queued - this.waiting;
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
