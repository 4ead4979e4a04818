package io.wsboot;

import java.io.IOException;

/**
 * Thrown to a handler that reads a message from a stream ({@link WsHandler#onTextStream},
 * {@link WsHandler#onBinaryStream}) when the rest of the message will never arrive,
 * because the session is closed or closing. If {@link WsHandler#onError} throws the
 * exception, as by default, the exception is logged at debug level and does not count as
 * a failure of the handler.
 */
public final class IncompleteMessageException extends IOException {

	private static final long serialVersionUID = 1L;

	/** The close code. */
	private final int code;

	/** The reason of the close status. */
	private final String reason;

	/**
	 * Creates an exception.
	 * @param status why the session was closed
	 */
	public IncompleteMessageException(CloseStatus status) {
		super("the message broke off, the session being closed with " + status);
		this.code = status.code();
		this.reason = status.reason();
	}

	/**
	 * Returns the status that the session was closed with.
	 * @return the status
	 */
	public CloseStatus closeStatus() {
		return new CloseStatus(this.code, this.reason);
	}

}
