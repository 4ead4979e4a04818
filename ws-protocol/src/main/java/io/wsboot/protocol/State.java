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

	/**
	 * The peer has sent its Close frame or broken the protocol, and our Close frame waits
	 * for the answers to what came before; reads nothing.
	 */
	ENDING,

	/** Whatever comes is ignored. */
	CLOSED

}
