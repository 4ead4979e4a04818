package io.wsboot.server;

/**
 * The message to one peer that has begun and not ended, and all that must not stand
 * within it: other messages wait here until its last part has been queued. Not
 * thread-safe.
 */
final class StreamedMessageGate {

	private final Object message;

	private final PendingWrites waiting = new PendingWrites();

	StreamedMessageGate(Object message) {
		this.message = message;
	}

	/** Whether an item has to wait, as it belongs to another message. */
	boolean keepsOut(PendingWrite item) {
		return item.isData() && item.message != this.message;
	}

	/** What waits, in order. */
	PendingWrites waiting() {
		return this.waiting;
	}

}
