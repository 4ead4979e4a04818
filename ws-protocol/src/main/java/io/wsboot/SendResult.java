package io.wsboot;

/**
 * What became of a message given to {@link WsSession#send(String)} and its kin.
 */
public enum SendResult {

	/** On its way to the peer, in order. */
	QUEUED,

	/**
	 * On its way, but more bytes than the high-water mark wait for the peer: a
	 * well-behaved producer pauses until {@link WsHandler#onDrained(WsSession)}.
	 */
	CONGESTED,

	/**
	 * Not sent, or sent at the price of an older one, because the outbound queue is full.
	 */
	DROPPED,

	/** Not sent, because the session is closing or closed. */
	CLOSED

}
