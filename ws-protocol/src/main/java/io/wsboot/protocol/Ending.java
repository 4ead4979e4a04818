package io.wsboot.protocol;

import io.wsboot.CloseStatus;
import io.wsboot.protocol.ProtocolListener.CloseCause;

/**
 * How a conversation ends.
 *
 * @param status what the listener is told
 * @param cause what ends it
 */
record Ending(CloseStatus status, CloseCause cause) {

	/** Without a Close frame in either direction. */
	static final Ending ABNORMAL = new Ending(CloseStatus.ABNORMAL, CloseCause.LOST);

	/**
	 * What our Close frame says. The peer's is answered with the same code (RFC 6455
	 * §5.5.1).
	 */
	CloseStatus toPeer() {
		return (this.cause == CloseCause.PEER) ? this.status.withReason("") : this.status;
	}

}
