package io.wsboot.server.outbound;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.wsboot.SendResult;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes wait for one peer, how many may, and the marks that senders hear of. Any
 * thread, but for what the drainer of the {@link Outbound} does.
 *
 * <pre>
 * level (bytes that do not wait behind a streamed message)
 *
 * maxQueued ------------ above: the overflow policy
 *     |
 * highWaterMark -------- above: Mark.HIGH, congested     LOW -- level above high --> HIGH
 *     |                                                      <- level at half ------
 * highWaterMark / 2 ---- at or below: Mark.LOW, drained
 * </pre>
 */
public final class OutboundWatermarks {

	/** The mark that the level has just passed. */
	enum Mark {

		NONE,

		/** Above the high-water mark. */
		HIGH,

		/** Down to half of the high-water mark. */
		LOW

	}

	private static final AtomicLongFieldUpdater<OutboundWatermarks> QUEUED = AtomicLongFieldUpdater
		.newUpdater(OutboundWatermarks.class, "queued");

	private final Supplier<BlockedSenders> waitingPlace;

	/** Written before the session is published. */
	private OutboundOptions limits;

	/**
	 * Null until a sender waits, unless all do under {@link OverflowPolicy#BLOCK}.
	 * Written under the lock of this object, read by any thread.
	 */
	private volatile @Nullable BlockedSenders senders;

	/** Bytes in the queue, and bytes reserved for it. Changed by any thread. */
	private volatile long queued;

	/**
	 * Bytes of {@link #queued} that wait for the end of a streamed message, about which
	 * only that message's sender can do something. Written by the drainer.
	 */
	private volatile long behind;

	/** Whether the last mark was the high one. Written by the drainer. */
	private volatile boolean high;

	/** Whether the session is being closed as too much waits. Written by the drainer. */
	private volatile boolean overflowed;

	/**
	 * Whether a sender has been told to wait for the low mark, though the level may not
	 * have been high when the drainer looked. Set by any thread, unset by the drainer.
	 */
	private volatile boolean awaited;

	public OutboundWatermarks(OutboundOptions limits) {
		this(limits, BlockedSenders::new);
	}

	/**
	 * Watermarks of an empty queue.
	 * @param waitingPlace where senders wait, if they ever have to
	 */
	OutboundWatermarks(OutboundOptions limits, Supplier<BlockedSenders> waitingPlace) {
		this.limits = limits;
		this.waitingPlace = waitingPlace;
		this.senders = (limits.overflow() == OverflowPolicy.BLOCK) ? waitingPlace.get() : null;
	}

	/**
	 * Applies the limits of an endpoint, whose overflow policy is the server's. Call
	 * before the session is published.
	 */
	public void limit(OutboundOptions limits) {
		this.limits = limits;
	}

	/** What happens to a message that does not fit. */
	OverflowPolicy overflowPolicy() {
		return this.limits.overflow();
	}

	/** How many bytes are in the queue or reserved for it. */
	public long queued() {
		return this.queued;
	}

	/** Whether no byte waits, and no sender has to hear of a mark or of room. */
	boolean isIdle() {
		return this.queued == 0 && this.behind == 0 && !this.high && !this.awaited && this.senders == null;
	}

	/**
	 * Reserves bytes if they fit. A single message may have any size if nothing waits.
	 * @return whether the bytes are reserved
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

	/** The same for part of a streamed message, behind which others may wait. */
	boolean tryReservePart(long size) {
		return tryReservePart(size, this.limits.maxQueued());
	}

	private boolean tryReservePart(long size, long bound) {
		while (true) {
			long before = this.queued;
			long ahead = before - this.behind;
			if (ahead > 0 && ahead + size > bound) {
				return false;
			}
			if (QUEUED.compareAndSet(this, before, before + size)) {
				return true;
			}
		}
	}

	/**
	 * Waits until part of a streamed message fits below the high-water mark, whatever the
	 * policy: above that mark the peer might not be read, and could not say that it wants
	 * no more of the message. Not on an event loop.
	 * @param size the bytes to reserve
	 * @param closed whether the session is over
	 * @return whether the bytes are reserved
	 */
	boolean awaitPart(long size, BooleanSupplier closed) {
		return tryReservePart(size, this.limits.highWaterMark())
				|| await(() -> tryReservePart(size, this.limits.highWaterMark()), closed);
	}

	/**
	 * Whether nothing waits, or a message would not pass the high-water mark. What waits
	 * for the end of a streamed message does not count.
	 * @param size the bytes of the message
	 */
	boolean hasRoom(long size) {
		long ahead = this.queued - this.behind;
		return ahead <= 0 || ahead + size <= this.limits.highWaterMark();
	}

	/** Waits until {@link #hasRoom}, and reserves nothing. Not on an event loop. */
	boolean awaitRoom(long size, BooleanSupplier closed) {
		return await(() -> hasRoom(size), closed);
	}

	/** The same for a whole message, until the message fits. */
	boolean await(long size, BooleanSupplier closed) {
		return await(() -> tryReserve(size), closed);
	}

	/** Bytes that are reserved are the caller's, though the session may have closed. */
	private boolean await(BooleanSupplier reserved, BooleanSupplier closed) {
		AtomicBoolean taken = new AtomicBoolean();
		senders().await(() -> {
			boolean over = closed.getAsBoolean();
			taken.set(!over && reserved.getAsBoolean());
			return over || taken.get();
		});
		return taken.get();
	}

	/** The calling thread sends part of a streamed message. */
	void streams(Object message, boolean last) {
		if (overflowPolicy() == OverflowPolicy.BLOCK) {
			senders().streams(message, last);
		}
	}

	/**
	 * Whether the calling thread is in the middle of a streamed message to the same peer,
	 * under {@link OverflowPolicy#BLOCK}: the thread would wait for itself.
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

	/** Adds bytes, whether they fit or not, or gives back reserved ones if negative. */
	void add(long size) {
		QUEUED.addAndGet(this, size);
	}

	/**
	 * Called by the drainer when the queue has changed.
	 * @param change how many bytes are queued beyond those that were reserved, or fewer
	 * if negative
	 * @param behind how many bytes of the queue wait for the end of a streamed message
	 */
	void settle(long change, long behind) {
		if (change != 0) {
			add(change);
		}
		if (this.behind != behind) {
			this.behind = behind;
		}
	}

	/** Whether more bytes wait than may. */
	boolean isOverfull() {
		return isTooMuch(this.queued);
	}

	/** Called by the drainer when it closes the session, as too much waits. */
	void overflow() {
		this.overflowed = true;
	}

	/** Whether {@link #overflow} has been called. */
	boolean hasOverflowed() {
		return this.overflowed;
	}

	/** Whether a number of bytes is more than may wait. */
	boolean isTooMuch(long bytes) {
		return bytes > this.limits.maxQueued();
	}

	/** Whether the level is above the high-water mark at this instant. */
	boolean isHigh() {
		return this.queued - this.behind > this.limits.highWaterMark();
	}

	/** The result for a sender whose message has been queued. */
	public SendResult result() {
		if (!isHigh()) {
			return SendResult.QUEUED;
		}
		this.awaited = true; // before the second look, so that the drainer sees it next
		return isHigh() ? SendResult.CONGESTED : SendResult.QUEUED;
	}

	/** Has senders that wait look again. */
	void signal() {
		BlockedSenders senders = this.senders;
		if (senders != null) {
			senders.signal();
		}
	}

	/** Whether the last mark was the high one. Any thread. */
	public boolean isCongested() {
		return this.high;
	}

	/** Called by the drainer: the mark that has been passed since the last call. */
	Mark mark() {
		long level = this.queued - this.behind;
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
