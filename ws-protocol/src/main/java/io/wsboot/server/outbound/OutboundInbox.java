package io.wsboot.server.outbound;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Where senders leave their writes for the <em>drainer</em> of an {@link Outbound}, and
 * what makes a thread the drainer: the number of requests that nobody has done yet.
 *
 * <pre>
 *         tryAcquire(), or the first request()
 * 0: IDLE ------------------------------------> n > 0: DRAINING   request(): n + 1
 *         <------------------------------------
 *           done(n), with n requests done
 * </pre>
 *
 * There is no lock. The writes are linked through each other, so that an empty inbox
 * costs little memory.
 */
final class OutboundInbox {

	private static final AtomicReferenceFieldUpdater<OutboundInbox, PendingWrite> NEWEST = AtomicReferenceFieldUpdater
		.newUpdater(OutboundInbox.class, PendingWrite.class, "newest");

	private static final AtomicIntegerFieldUpdater<OutboundInbox> REQUESTS = AtomicIntegerFieldUpdater
		.newUpdater(OutboundInbox.class, "requests");

	/** The newest write, linked to the one before it, and so on. Any thread. */
	private volatile @Nullable PendingWrite newest;

	/** Any thread. */
	private volatile int requests;

	/** What the loop asks of the drainer; set before the request, read in each pass. */
	volatile boolean unblock, finish, discard;

	/** Makes the calling thread the drainer, if there is none. */
	boolean tryAcquire() {
		return this.requests == 0 && REQUESTS.compareAndSet(this, 0, 1);
	}

	/**
	 * Asks the drainer for one more pass. Any thread.
	 * @return whether the calling thread is the drainer now
	 */
	boolean request() {
		return REQUESTS.getAndIncrement(this) == 0;
	}

	/**
	 * Called by the drainer when requests are done.
	 * @return how many requests have come meanwhile; if 0, the thread is the drainer no
	 * longer
	 */
	int done(int requests) {
		return REQUESTS.addAndGet(this, -requests);
	}

	/** Leaves a write, to be followed by a {@link #request}. Any thread. */
	void add(PendingWrite write) {
		PendingWrite before = this.newest;
		write.link = before;
		while (!NEWEST.compareAndSet(this, before, write)) {
			before = this.newest;
			write.link = before;
		}
	}

	/** Whether the inbox was empty at this instant. Any thread. */
	boolean isEmpty() {
		return this.newest == null;
	}

	/** Moves all writes to the queue, the oldest first. Called by the drainer. */
	void emptyInto(OutboundWriter writer) {
		for (PendingWrite write = takeAll(); write != null;) {
			PendingWrite next = write.link;
			write.link = null;
			writer.add(write);
			write = next;
		}
	}

	/** Takes all writes: the oldest, linked to the one after it, and so on. */
	private @Nullable PendingWrite takeAll() {
		PendingWrite write = (this.newest == null) ? null : NEWEST.getAndSet(this, null);
		PendingWrite later = null;
		while (write != null) {
			PendingWrite earlier = write.link;
			write.link = later;
			later = write;
			write = earlier;
		}
		return later;
	}

}
