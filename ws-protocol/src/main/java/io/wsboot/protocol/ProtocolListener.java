package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;

/**
 * Is told what happens on an open connection, and sends the control frames that the
 * protocol answers with. The order of events is
 *
 * <pre>
 * (onText | onBinary | onTextPart | onBinaryPart | onPing | onPong)* onClosed
 * </pre>
 *
 * All calls are made within calls of {@link ServerProtocol}, and may call
 * {@link ServerProtocol} back. They must not throw.
 */
public interface ProtocolListener extends MessageListener {

	/**
	 * A Ping, which {@link #writePong} answers right after this call, even behind our
	 * Close frame (RFC 6455 §5.5.2).
	 * @param payload from position 0 to the limit, lent until the method returns
	 */
	void onPing(ByteBuffer payload);

	/**
	 * The peer has ended the conversation, by its Close frame or by a breach of the
	 * protocol: no byte that follows is looked at. The answers to earlier messages may
	 * leave before our Close frame does.
	 * @param status the peer's status, or the status that the peer is to be told
	 * @return whether our Close frame, and {@link #onClosed}, wait until
	 * {@link ServerProtocol#end}
	 */
	default boolean delaysClose(CloseStatus status) {
		return false;
	}

	/**
	 * The conversation is over: no further byte of the peer is looked at. Our half of the
	 * connection is to be closed behind the bytes that have been written so far.
	 * @param status the peer's status if the peer closed first, else ours
	 * @param cause what ended the conversation
	 */
	void onClosed(CloseStatus status, CloseCause cause);

	/**
	 * Sends a Pong before all data that waits. A newer Pong replaces one that waits (RFC
	 * 6455 §5.5.3).
	 * @param frame the frame; the buffer is given away
	 */
	void writePong(ByteBuffer frame);

	/**
	 * Sends a Close frame, behind which only Pongs may follow.
	 * @param frame the frame; the buffer is given away
	 * @param urgent whether messages that wait are given up for the Close frame
	 */
	void writeClose(ByteBuffer frame, boolean urgent);

	/** What ended a conversation. */
	enum CloseCause {

		/** The peer's Close frame. */
		PEER,

		/** Our Close frame, which the peer has answered. */
		LOCAL,

		/** A breach of the protocol by the peer, which our Close frame names. */
		VIOLATION,

		/** The loss of the connection. */
		LOST

	}

}
