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

	private long bytes;

	OpenMessage(Object message) {
		this.message = message;
	}

	/** Makes an item wait that belongs to another message; false if it does not. */
	boolean keepsOut(Outgoing item) {
		if (!item.isData() || item.message == this.message) {
			return false;
		}
		this.waiting.add(item);
		this.bytes += item.bytes.remaining();
		return true;
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
