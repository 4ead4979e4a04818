package io.wsboot;

/**
 * What became of a message that was passed to {@link WsSession#send(String)} or a similar
 * method.
 */
public enum SendResult {

	/** The message was sent, or waits in the session's outbound queue. */
	QUEUED,

	/**
	 * The message was sent or queued, and the session's outbound queue is above the
	 * high-water mark: a well-behaved sender pauses until {@link WsHandler#onDrained} is
	 * called.
	 */
	CONGESTED,

	/**
	 * The outbound queue is full: the overflow policy dropped this message, or an older
	 * message to make room for this one.
	 */
	DROPPED,

	/** The message was not sent, because the session is closing or closed. */
	CLOSED

}
