package io.wsboot;

import java.io.IOException;

/**
 * A message that is read from a stream ({@link WsHandler#onTextStream},
 * {@link WsHandler#onBinaryStream}) has broken off: the rest of it will never come, as
 * the session is over or about to be. A handler that lets it out is not at fault.
 */
public final class IncompleteMessageException extends IOException {

	private static final long serialVersionUID = 1L;

	private final int code;

	private final String reason;

	/**
	 * Creates the exception.
	 * @param status why the session is over
	 */
	public IncompleteMessageException(CloseStatus status) {
		super("the message broke off, the session being closed with " + status);
		this.code = status.code();
		this.reason = status.reason();
	}

	/**
	 * Why the session is over.
	 * @return the status
	 */
	public CloseStatus closeStatus() {
		return new CloseStatus(this.code, this.reason);
	}

}
