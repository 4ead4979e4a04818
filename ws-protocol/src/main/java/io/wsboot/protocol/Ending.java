package io.wsboot.protocol;

import io.wsboot.CloseStatus;
import io.wsboot.protocol.ProtocolListener.CloseCause;

/**
 * The end of a conversation.
 *
 * @param status the status that the listener is told
 * @param cause what ends the conversation
 */
record Ending(CloseStatus status, CloseCause cause) {

	/** The end without a Close frame in either direction. */
	static final Ending ABNORMAL = new Ending(CloseStatus.ABNORMAL, CloseCause.LOST);

	/**
	 * The status of our Close frame. A Close frame of the peer is answered with its own
	 * code (RFC 6455 §5.5.1).
	 */
	CloseStatus toPeer() {
		return (this.cause == CloseCause.PEER) ? this.status.withReason("") : this.status;
	}

}
