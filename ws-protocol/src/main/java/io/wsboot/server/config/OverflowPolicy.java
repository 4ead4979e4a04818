package io.wsboot.server.config;

/**
 * What happens when the outbound queue of a session is full because the client reads more
 * slowly than the application sends.
 */
public enum OverflowPolicy {

	/**
	 * The session is closed with 1013. While the queue is above the high-water mark, the
	 * server does not read from the session.
	 */
	CLOSE,

	/** The oldest message of which no byte has been sent is dropped. */
	DROP_OLDEST,

	/** The message that does not fit is dropped. */
	DROP_NEWEST,

	/**
	 * The sending thread waits until the message fits. On an event loop the session is
	 * closed instead, as with {@link #CLOSE}; so it is on a thread in the middle of a
	 * {@linkplain io.wsboot.StreamedMessage streamed message} to the same session, as
	 * other messages wait for the end of the streamed one. While the queue is above the
	 * high-water mark, the server does not read from the session.
	 */
	BLOCK,

	/**
	 * Of the messages that are {@linkplain io.wsboot.WsSession#sendLatest sent with a
	 * key} only the newest of each key is queued. A message that does not fit even so
	 * closes the session, as with {@link #CLOSE}.
	 */
	CONFLATE

}
