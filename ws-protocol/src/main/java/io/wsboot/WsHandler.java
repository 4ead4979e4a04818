package io.wsboot;

import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What an application does with the sessions of one endpoint. One handler serves all
 * sessions of the endpoint. For each session, the callbacks are called one at a time and
 * in wire order:
 *
 * <pre>
 * onHandshake (onOpen (text | binary | onPong | onDrained | onDropped)* onClose)?
 * text   = onText   | onTextPart*   | onTextStream
 * binary = onBinary | onBinaryPart* | onBinaryStream
 * </pre>
 *
 * {@link #onError} follows each callback that throws. {@link EndpointOptions#text()} and
 * {@link EndpointOptions#binary()} choose one of the three callbacks for each type of
 * message. Between two parts of a message, {@code onPong}, {@code onDrained} and
 * {@code onDropped} may be called, but no callback for another message.
 * {@link EndpointOptions#execution()} chooses the threads on which callbacks run;
 * callbacks of different sessions may run at the same time. Callbacks of one session run
 * at the same time only if {@link EndpointOptions#withConcurrency} asks for that.
 * <p>
 * After the application or the server has closed a session, the handler gets no further
 * message of the session, not even a message that has arrived already. If the peer closes
 * the connection, breaks the protocol or is lost, the handler still gets all messages
 * that arrived whole before. The handler can reply to these messages until the close
 * timeout, unless the peer is lost.
 */
public interface WsHandler {

	/**
	 * Decides about an opening handshake that is well-formed and allowed by the server's
	 * own policies. The server reads nothing more from the client until the decision is
	 * made; the handshake timeout continues. If the method throws, or if the stage fails,
	 * the client is answered with the HTTP status 500.
	 * {@link EndpointOptions#handshakeExecution()} chooses the thread. The default
	 * implementation accepts every handshake.
	 * @param request the handshake
	 * @return a stage that yields the decision and may complete later, on any thread
	 * @throws Exception if no decision can be made
	 */
	default CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) throws Exception {
		return CompletableFuture.completedFuture(HandshakeDecision.accept());
	}

	/**
	 * Called when the connection is open and the session can send messages.
	 * @param session the new session
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onOpen(WsSession session) throws Exception {
	}

	/**
	 * Called when a text message has arrived whole. The default implementation closes the
	 * session with 1003.
	 * @param session the session
	 * @param text the message, valid Unicode
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onText(WsSession session, String text) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no text messages here"));
	}

	/**
	 * Called when a binary message has arrived whole. The default implementation closes
	 * the session with 1003.
	 * @param session the session
	 * @param payload the message from position 0 to the limit. The buffer is <em>lent
	 * until this method returns</em>: a handler that keeps the payload must copy the
	 * bytes; a handler that sends the payload need not
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onBinary(WsSession session, ByteBuffer payload) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no binary messages here"));
	}

	/**
	 * Called when a part of a text message has arrived and the endpoint takes text
	 * {@linkplain MessageDelivery#inParts in parts}. Messages are divided where the
	 * network divided them, but never within a character. If the session ends within a
	 * message, there is no last part. The default implementation closes the session with
	 * 1003.
	 * @param session the session
	 * @param part the next part of the message, valid Unicode; only the last part may be
	 * empty
	 * @param last whether the part is the last one of the message
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onTextPart(WsSession session, String part, boolean last) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no text messages here"));
	}

	/**
	 * Called when a part of a binary message has arrived and the endpoint takes binary
	 * messages {@linkplain MessageDelivery#inParts in parts}. If the session ends within
	 * a message, there is no last part. The default implementation closes the session
	 * with 1003.
	 * @param session the session
	 * @param part the next part of the message from position 0 to the limit; only the
	 * last part may be empty. The buffer is <em>lent until this method returns</em>
	 * @param last whether the part is the last one of the message
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onBinaryPart(WsSession session, ByteBuffer part, boolean last) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no binary messages here"));
	}

	/**
	 * Called when a text message begins and the endpoint takes text
	 * {@linkplain MessageDelivery#asStream as a stream}. The default implementation
	 * closes the session with 1003.
	 * @param session the session
	 * @param message reads the message while the message arrives, and blocks until more
	 * of the message has arrived. Throws {@link IncompleteMessageException} if the rest
	 * will never arrive. The reader is lent until this method returns; the server then
	 * skips the rest of the message
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onTextStream(WsSession session, Reader message) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no text messages here"));
	}

	/**
	 * Called when a binary message begins and the endpoint takes binary messages
	 * {@linkplain MessageDelivery#asStream as a stream}. The default implementation
	 * closes the session with 1003.
	 * @param session the session
	 * @param message reads the message while the message arrives, and blocks until more
	 * of the message has arrived. Throws {@link IncompleteMessageException} if the rest
	 * will never arrive. The stream is lent until this method returns; the server then
	 * skips the rest of the message
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onBinaryStream(WsSession session, InputStream message) throws Exception {
		session.close(CloseStatus.UNSUPPORTED_DATA.withReason("no binary messages here"));
	}

	/**
	 * Called when a Pong has arrived, solicited or not (RFC 6455 §5.5.3). The server
	 * answers Pings without calling the handler.
	 * @param session the session
	 * @param payload at most 125 bytes, lent until this method returns
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onPong(WsSession session, ByteBuffer payload) throws Exception {
	}

	/**
	 * Called when the outbound queue was above the high-water mark and has fallen to half
	 * of the mark.
	 * @param session the session
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onDrained(WsSession session) throws Exception {
	}

	/**
	 * Called when the overflow policy has dropped messages to the peer.
	 * @param session the session
	 * @param messages how many messages were dropped since the last call, at least 1
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onDropped(WsSession session, int messages) throws Exception {
	}

	/**
	 * Called when the session is over: exactly once for each {@link #onOpen}, and as the
	 * last callback of the session.
	 * @param session the session, which can no longer send
	 * @param status the peer's status if the peer closed first, and else the server's
	 * status; 1006 if the connection was lost without a Close frame (RFC 6455 §7.1.5)
	 * @throws Exception if the handler fails, see {@link #onError}
	 */
	default void onClose(WsSession session, CloseStatus status) throws Exception {
	}

	/**
	 * Called when another callback threw. If this method returns, the session continues.
	 * If this method throws, the error is logged and the session is closed with 1011. The
	 * default implementation throws the error.
	 * @param session the session
	 * @param error the error that the callback threw
	 * @throws Throwable if the session cannot continue
	 */
	default void onError(WsSession session, Throwable error) throws Throwable {
		throw error;
	}

}
