package io.wsboot.protocol;

/**
 * The state of a connection (RFC 6455 §4, §7).
 *
 * <pre>
 * HANDSHAKING --request read--> DECIDING --accept, open--> OPEN --close (our Close frame)--> CLOSING
 *      |                           |                      |    |                               |
 *   no HTTP                      refuse                   |    | peer's Close frame or         | peer's Close frame
 *      |                           |                      |    | violation, answers wait       | or violation
 *      |                           |     peer's Close     |    v                               |
 *      |                           |     frame, violation |  ENDING --end, close, abandon--+   |
 *      v                           v     or fail          v   (our Close frame)            v   v
 *      +---------------------------+----------------------+--------------------------------+---+--> CLOSED
 * </pre>
 *
 * The end of input leads from every state to {@link #CLOSED}, too.
 */
enum State {

	/** The request is being read. */
	HANDSHAKING,

	/** The request waits for a decision; nothing is read. */
	DECIDING,

	/** Frames are read in both directions. */
	OPEN,

	/**
	 * Our Close frame has been sent, and the peer's has not arrived: messages are
	 * dropped.
	 */
	CLOSING,

	/**
	 * The peer has sent its Close frame or broken the protocol, and our Close frame waits
	 * for the answers to earlier messages; nothing is read.
	 */
	ENDING,

	/** All further bytes of the peer are ignored. */
	CLOSED

}
