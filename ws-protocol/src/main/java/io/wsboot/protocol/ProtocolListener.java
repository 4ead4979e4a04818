package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation tells, and the bytes that it sends by itself. The order of events
 * is
 *
 * <pre>
 * onRefused | onRequest (onText | onBinary | onTextPart | onBinaryPart | onPing | onPong)* onClosed
 * </pre>
 *
 * in which nothing but Pings and Pongs comes between the parts of one message. One that
 * breaks off has no last part.
 * <p>
 * All of them happen within a call to {@link ServerProtocol}, which they may call back.
 * They must not throw.
 */
public interface ProtocolListener {

	/**
	 * The head of a request that is no valid HTTP; the answer has been written.
	 * @param refusal status of the answer, and why
	 */
	void onRefused(HandshakeDecision.Refuse refusal);

	/**
	 * A request. Nothing more is read until {@link ServerProtocol#accept} or
	 * {@link ServerProtocol#refuse}, now or later.
	 * @param method the method, a token
	 * @param request the request
	 * @param fault how it must be refused if its path is an endpoint's; null if it is a
	 * proper opening handshake
	 */
	void onRequest(String method, HandshakeRequest request, HandshakeDecision.@Nullable Refuse fault);

	/**
	 * A text message.
	 * @param text the message
	 * @param size its length in bytes of UTF-8
	 */
	void onText(String text, int size);

	/**
	 * A binary message.
	 * @param payload the message from position 0 to the limit, lent until the method
	 * returns
	 */
	void onBinary(ByteBuffer payload);

	/**
	 * Part of a text message, of an endpoint that wants text piecewise.
	 * @param part valid Unicode, empty only if it is the last
	 * @param size its length in bytes of UTF-8
	 * @param last whether the message ends with it
	 */
	void onTextPart(String part, int size, boolean last);

	/**
	 * Part of a binary message, of an endpoint that wants binary messages piecewise.
	 * @param part from position 0 to the limit, empty only if it is the last; lent until
	 * the method returns
	 * @param last whether the message ends with it
	 */
	void onBinaryPart(ByteBuffer part, boolean last);

	/**
	 * A Ping, which is answered by {@link #writePong} right after this, though our Close
	 * frame may be on its way.
	 * @param payload lent until the method returns
	 */
	void onPing(ByteBuffer payload);

	/**
	 * A Pong.
	 * @param payload lent until the method returns
	 */
	void onPong(ByteBuffer payload);

	/**
	 * The peer has ended the conversation, by its Close frame or a breach of the
	 * protocol: nothing that it sends is looked at any more. The answers to what it sent
	 * before may leave before our Close frame does.
	 * @param status the peer's, or what it is to be told
	 * @return whether our Close frame, and {@link #onClosed}, wait until
	 * {@link ServerProtocol#end}
	 */
	default boolean delaysClose(CloseStatus status) {
		return false;
	}

	/**
	 * The conversation is over: nothing that the peer sends is looked at any more, and
	 * after the bytes written so far our half of the connection is to be closed.
	 * @param status why: the peer's status if it closed first, else ours
	 * @param cause what ended it
	 */
	void onClosed(CloseStatus status, CloseCause cause);

	/**
	 * The answer to the request is to be sent.
	 * @param response HTTP; the buffer is given away
	 */
	void writeResponse(ByteBuffer response);

	/**
	 * A Pong is to be sent, before data that waits; a newer one replaces one that waits
	 * (RFC 6455 §5.5.3).
	 * @param frame the frame; the buffer is given away
	 */
	void writePong(ByteBuffer frame);

	/**
	 * A Close frame is to be sent, and nothing but Pongs after it.
	 * @param frame the frame; the buffer is given away
	 * @param urgent whether messages that wait are to be given up for it
	 */
	void writeClose(ByteBuffer frame, boolean urgent);

	/** What ended a conversation. */
	enum CloseCause {

		/** The peer's Close frame. */
		PEER,

		/** Ours, which the peer has answered. */
		LOCAL,

		/** The peer broke the protocol, and has been told so. */
		VIOLATION,

		/** The connection was lost. */
		LOST

	}

}
