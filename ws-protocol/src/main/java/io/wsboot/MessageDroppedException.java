package io.wsboot;

/**
 * Completes {@link WsSession#sendAsync} when the overflow policy dropped the message,
 * because the peer reads too slowly. The exception has no stack trace.
 */
public final class MessageDroppedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Creates an exception. */
	public MessageDroppedException() {
		super("the outbound queue is full", null, false, false);
	}

}
