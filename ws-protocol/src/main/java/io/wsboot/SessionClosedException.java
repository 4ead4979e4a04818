package io.wsboot;

/**
 * A message could not be sent because its session is closed.
 */
public final class SessionClosedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public SessionClosedException() {
		super("the session is closed", null, false, false);
	}

}
