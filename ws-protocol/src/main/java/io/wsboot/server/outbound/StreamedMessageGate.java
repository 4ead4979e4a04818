package io.wsboot.server.outbound;

/**
 * Keeps other messages out of a streamed message that has begun: they wait here until the
 * last part of the streamed message has been queued (RFC 6455 §5.4). Not thread-safe.
 */
final class StreamedMessageGate {

	private final Object message;

	private final PendingWrites waiting = new PendingWrites();

	StreamedMessageGate(Object message) {
		this.message = message;
	}

	/** Whether a write has to wait, as it belongs to another message. */
	boolean keepsOut(PendingWrite write) {
		return write.isData() && write.message != this.message;
	}

	/** What waits, in order. The caller adds and takes writes. */
	PendingWrites waiting() {
		return this.waiting;
	}

}
