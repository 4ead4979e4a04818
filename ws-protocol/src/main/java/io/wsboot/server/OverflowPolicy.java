package io.wsboot.server;

/**
 * What happens when a session's outbound queue is full because its peer reads more slowly
 * than the application writes.
 */
public enum OverflowPolicy {

	/**
	 * The session is closed with 1013. It is not read either while its queue is above the
	 * high-water mark.
	 */
	CLOSE,

	/** The oldest message of which no byte has been sent makes room. */
	DROP_OLDEST,

	/** The message that does not fit is not sent. */
	DROP_NEWEST,

	/**
	 * The sender waits for room, on threads other than event loops; there it closes as
	 * {@link #CLOSE} does. So it does on a thread in the middle of a
	 * {@linkplain io.wsboot.StreamedMessage streamed message} to the same session, as
	 * what is sent meanwhile waits for the end of that. The session is not read either
	 * while its queue is above the high-water mark.
	 */
	BLOCK,

	/**
	 * Of the messages that are {@linkplain io.wsboot.WsSession#sendLatest sent with a
	 * key} only the newest of each key waits. What does not fit even so closes as
	 * {@link #CLOSE} does.
	 */
	CONFLATE

}
