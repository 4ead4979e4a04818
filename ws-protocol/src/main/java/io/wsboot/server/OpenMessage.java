package io.wsboot.server;

import org.jspecify.annotations.Nullable;

/**
 * The message to one peer that has begun and not ended, and all that must not stand
 * within it: other messages wait here until its last part has been queued. Not
 * thread-safe.
 */
final class OpenMessage {

	private final Object message;

	private final OutgoingItems waiting = new OutgoingItems();

	private final LatestMessages latest = new LatestMessages();

	OpenMessage(Object message) {
		this.message = message;
	}

	/** Whether an item has to wait, as it belongs to another message. */
	boolean keepsOut(Outgoing item) {
		return item.isData() && item.message != this.message;
	}

	/** Makes an item wait; true if it does so in the place of an older one. */
	boolean add(Outgoing item) {
		Outgoing older = (item.key != null) ? this.latest.add(item.key, item) : null;
		if (older != null) {
			this.waiting.replace(older, item);
			return true;
		}
		this.waiting.addLast(item);
		return false;
	}

	/** What waits, in order. */
	OutgoingItems waiting() {
		return this.waiting;
	}

	/** How many bytes wait. */
	long bytes() {
		return this.waiting.bytes();
	}

	/** Takes the oldest message away, but not the newest; null if there is none. */
	@Nullable Outgoing takeOldest() {
		return this.waiting.takeOldestMessage();
	}

}
