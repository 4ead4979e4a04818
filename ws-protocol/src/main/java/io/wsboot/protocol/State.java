package io.wsboot.protocol;

/**
 * Where a conversation is (RFC 6455 §4, §7).
 */
enum State {

	/** Reads the request. */
	HANDSHAKING,

	/** Waits for the decision about it; reads nothing. */
	DECIDING,

	OPEN,

	/**
	 * Our Close frame is sent, the peer's is not there yet: messages are no longer handed
	 * on.
	 */
	CLOSING,

	/** Whatever comes is ignored. */
	CLOSED

}
