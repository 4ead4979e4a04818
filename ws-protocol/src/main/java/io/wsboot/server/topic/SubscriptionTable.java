package io.wsboot.server.topic;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Subscriptions by their members: an open hash table with linear probing, which takes 5
 * to 24 bytes for each entry. Not thread-safe.
 */
final class SubscriptionTable {

	/** The least number of slots; a power of two, as every number of slots is. */
	private static final int FEWEST = 4;

	private @Nullable Subscription[] slots = new @Nullable Subscription[FEWEST];

	private int size;

	int size() {
		return this.size;
	}

	/** Finds the subscription of a member; null if there is none. */
	@Nullable Subscription get(TopicMember member) {
		return this.slots[slotOf(member)];
	}

	/** Adds a subscription, or replaces the one of the same member. */
	void put(Subscription subscription) {
		int slot = slotOf(subscription.member);
		if (this.slots[slot] == null) {
			if ((this.size + 1) * 4 > this.slots.length * 3) {
				resize(this.slots.length * 2);
				slot = slotOf(subscription.member);
			}
			this.size++;
		}
		this.slots[slot] = subscription;
	}

	/** Removes the subscription of a member, if there is one. Never throws. */
	void remove(TopicMember member) {
		int free = slotOf(member);
		if (this.slots[free] == null) {
			return;
		}
		this.size--;
		this.slots[free] = null;
		for (int i = after(free); this.slots[i] != null; i = after(i)) {
			Subscription next = this.slots[i];
			this.slots[i] = null;
			this.slots[slotOf(next.member)] = next; // where probing finds it again
		}
		if (this.slots.length > FEWEST && this.size * 6 < this.slots.length) {
			shrink();
		}
	}

	private void shrink() {
		try {
			resize(this.slots.length / 2);
		}
		catch (OutOfMemoryError ex) {
			// the table stays larger than it need be
		}
	}

	/** Visits all subscriptions. The table must not change meanwhile. */
	void forEach(Consumer<Subscription> action) {
		for (Subscription subscription : this.slots) {
			if (subscription != null) {
				action.accept(subscription);
			}
		}
	}

	/** The slot of a member, or the free slot where the member would be. */
	private int slotOf(TopicMember member) {
		int slot = System.identityHashCode(member) & (this.slots.length - 1);
		for (Subscription there = this.slots[slot]; there != null && there.member != member; there = this.slots[slot]) {
			slot = after(slot);
		}
		return slot;
	}

	private int after(int slot) {
		return (slot + 1) & (this.slots.length - 1);
	}

	private void resize(int length) {
		@Nullable Subscription[] before = this.slots;
		this.slots = new @Nullable Subscription[length];
		for (Subscription subscription : before) {
			if (subscription != null) {
				this.slots[slotOf(subscription.member)] = subscription;
			}
		}
	}

}
