package io.wsboot;

/**
 * A message was dropped by the overflow policy, because the peer reads too slowly.
 */
public final class MessageDroppedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public MessageDroppedException() {
		super("the outbound queue is full", null, false, false);
	}

}
