package io.wsboot;

/**
 * Completes {@link WsSession#sendAsync} when the message could not be sent, because the
 * session is closed. The exception has no stack trace.
 */
public final class SessionClosedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Creates an exception. */
	public SessionClosedException() {
		super("the session is closed", null, false, false);
	}

}
