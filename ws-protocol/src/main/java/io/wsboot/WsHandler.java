package io.wsboot;

import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What an application does with the sessions of one endpoint. One handler serves many
 * sessions; for each of them the calls come one at a time and in wire order:
 *
 * <pre>
 * onHandshake (onOpen (text | binary | onPong | onDrained | onDropped)* onClose)?
 * text   = onText   | onTextPart*   | onTextStream
 * binary = onBinary | onBinaryPart* | onBinaryStream
 * </pre>
 *
 * with {@code onError} after any call that threw. Which of the three it is for a type of
 * message is up to the endpoint's {@link EndpointOptions}; pongs and the like may come
 * between two parts, other messages may not. Where they run is the endpoint's
 * {@link Execution}. Only an endpoint that asks for it
 * ({@link EndpointOptions#withConcurrency}) is called for several messages of a session
 * at the same time.
 * <p>
 * Once the application or the server has closed a session, none of its messages reaches
 * the handler any more, not even one that has arrived already. Messages that came whole
 * before the peer closed, broke the protocol or was lost do, and can be answered in the
 * first two cases, for as long as the close timeout.
 */
public interface WsHandler {

	/**
	 * Judges an opening handshake that is well-formed and within the server's policies.
	 * Nothing is read from the client until the answer is there; the handshake timeout
	 * goes on. An exception, or a stage that fails, is answered with 500.
	 * @param request the handshake
	 * @return the decision, now or later
	 * @throws Exception if no decision can be made
	 */
	default CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) throws Exception {
		return CompletableFuture.completedFuture(HandshakeDecision.accept());
	}

	/**
	 * The connection is open: the session can be written to.
	 * @param session the new session
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onOpen(WsSession session) throws Exception {
	}

	/**
	 * A text message has arrived whole. By default the session is closed with 1003.
	 * @param session the session
	 * @param text the message, valid Unicode
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onText(WsSession session, String text) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no text messages here"));
	}

	/**
	 * A binary message has arrived whole. By default the session is closed with 1003.
	 * @param session the session
	 * @param payload the message from position 0 to the limit, <em>lent until this method
	 * returns</em>: copy what is to be kept. Sending it needs no copy
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onBinary(WsSession session, ByteBuffer payload) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no binary messages here"));
	}

	/**
	 * Part of a text message has arrived, of an endpoint that wants text
	 * {@linkplain MessageDelivery#inParts in parts}. Parts are cut where the network cut
	 * them, but never inside a character. A message that breaks off, as the session ends,
	 * has no last part. By default the session is closed with 1003.
	 * @param session the session
	 * @param part the next of the message, valid Unicode; empty only if it is the last
	 * @param last whether the message ends with it
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onTextPart(WsSession session, String part, boolean last) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no text messages here"));
	}

	/**
	 * Part of a binary message has arrived, of an endpoint that wants binary messages
	 * {@linkplain MessageDelivery#inParts in parts}. A message that breaks off, as the
	 * session ends, has no last part. By default the session is closed with 1003.
	 * @param session the session
	 * @param part the next of the message from position 0 to the limit, empty only if it
	 * is the last; <em>lent until this method returns</em>
	 * @param last whether the message ends with it
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onBinaryPart(WsSession session, ByteBuffer part, boolean last) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no binary messages here"));
	}

	/**
	 * A text message begins, of an endpoint that wants text
	 * {@linkplain MessageDelivery#asStream as a stream}. By default the session is closed
	 * with 1003.
	 * @param session the session
	 * @param message yields the message while it arrives, and waits for the rest; throws
	 * {@link IncompleteMessageException} if that will not come. Lent until this method
	 * returns; what has not been read then is skipped
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onTextStream(WsSession session, Reader message) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no text messages here"));
	}

	/**
	 * A binary message begins, of an endpoint that wants binary messages
	 * {@linkplain MessageDelivery#asStream as a stream}. By default the session is closed
	 * with 1003.
	 * @param session the session
	 * @param message yields the message while it arrives, and waits for the rest; throws
	 * {@link IncompleteMessageException} if that will not come. Lent until this method
	 * returns; what has not been read then is skipped
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onBinaryStream(WsSession session, InputStream message) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no binary messages here"));
	}

	/**
	 * A Pong has arrived, asked for or not (RFC 6455 §5.5.3). Pings are answered without
	 * the handler.
	 * @param session the session
	 * @param payload at most 125 bytes, lent until this method returns
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onPong(WsSession session, ByteBuffer payload) throws Exception {
	}

	/**
	 * The outbound queue, which was above the high-water mark, is down to half of it.
	 * @param session the session
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onDrained(WsSession session) throws Exception {
	}

	/**
	 * Messages to the peer were dropped by the overflow policy.
	 * @param session the session
	 * @param messages how many since the last call, at least 1
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onDropped(WsSession session, int messages) throws Exception {
	}

	/**
	 * The session is over; called exactly once for each {@link #onOpen}, and last.
	 * @param session the session, which can no longer be written to
	 * @param status the peer's status if it closed first, else ours; 1006 if the
	 * connection was lost without a Close frame
	 * @throws Exception if the handler fails, which is logged
	 */
	default void onClose(WsSession session, CloseStatus status) throws Exception {
	}

	/**
	 * A callback of this handler threw. If this method returns, the session goes on. If
	 * it throws, which it does by default, the error is logged and the session closed
	 * with 1011.
	 * @param session the session
	 * @param error what was thrown
	 * @throws Throwable if the error cannot be dealt with
	 */
	default void onError(WsSession session, Throwable error) throws Throwable {
		throw error;
	}

}
