package io.wsboot.server;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Where senders leave items for whoever owns an {@link Outbound}, and how one becomes the
 * owner: by raising the number of requests from zero, until it is back at zero. Without
 * locks; the items are linked through each other, so that an empty one costs little.
 */
final class OutboundInbox {

	private static final AtomicReferenceFieldUpdater<OutboundInbox, PendingWrite> NEWEST = AtomicReferenceFieldUpdater
		.newUpdater(OutboundInbox.class, PendingWrite.class, "newest");

	private static final AtomicIntegerFieldUpdater<OutboundInbox> REQUESTS = AtomicIntegerFieldUpdater
		.newUpdater(OutboundInbox.class, "requests");

	/** Linked to the one before it, and so on. */
	private volatile @Nullable PendingWrite newest;

	private volatile int requests;

	/** What the owner is asked to do besides. */
	volatile boolean unblock, finish, discard;

	/** Becomes the owner without asking for anything, if there is none. */
	boolean own() {
		return this.requests == 0 && REQUESTS.compareAndSet(this, 0, 1);
	}

	/** Asks the owner to have a look; true if the caller is the owner now. */
	boolean request() {
		return REQUESTS.getAndIncrement(this) == 0;
	}

	/** The owner: takes note that requests are done; how many have come meanwhile. */
	int done(int requests) {
		return REQUESTS.addAndGet(this, -requests);
	}

	/** Any thread. */
	void add(PendingWrite item) {
		PendingWrite before = this.newest;
		item.link = before;
		while (!NEWEST.compareAndSet(this, before, item)) {
			before = this.newest;
			item.link = before;
		}
	}

	/** Whether there was nothing at this instant. */
	boolean isEmpty() {
		return this.newest == null;
	}

	/** The owner: moves everything into its queue, the oldest item first. */
	void emptyInto(OutboundWriter writer) {
		for (PendingWrite item = takeAll(); item != null;) {
			PendingWrite next = item.link;
			item.link = null;
			writer.add(item);
			item = next;
		}
	}

	/** The oldest item, linked to the one after it. */
	private @Nullable PendingWrite takeAll() {
		PendingWrite item = (this.newest == null) ? null : NEWEST.getAndSet(this, null);
		PendingWrite later = null;
		while (item != null) {
			PendingWrite earlier = item.link;
			item.link = later;
			later = item;
			item = earlier;
		}
		return later;
	}

}
