package io.wsboot.server;

import java.util.ArrayDeque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * The message to one peer that has begun and not ended, and all that must not stand
 * within it: other messages wait here until its last part has been queued. Not
 * thread-safe.
 */
final class OpenMessage {

	private final Object message;

	private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();

	private final LatestMessages latest = new LatestMessages();

	private long bytes;

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
			this.bytes += older.giveWayTo(item);
			return true;
		}
		this.waiting.add(item);
		this.bytes += item.bytes.remaining();
		return false;
	}

	/** What waits, in order. */
	ArrayDeque<Outgoing> waiting() {
		return this.waiting;
	}

	/** How many bytes wait. */
	long bytes() {
		return this.bytes;
	}

	/** Takes the oldest message away, but not the newest; null if there is none. */
	@Nullable Outgoing takeOldest() {
		for (Iterator<Outgoing> all = this.waiting.iterator(); all.hasNext();) {
			Outgoing item = all.next();
			if (item.isDroppable() && all.hasNext()) {
				all.remove();
				this.bytes -= item.bytes.remaining();
				return item;
			}
		}
		return null;
	}

}
