package io.wsboot.spring.websocket;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.handler.ExceptionWebSocketHandlerDecorator;

/**
 * Passes what happens to a session of the server to the session's
 * {@code WebSocketHandler}, in the order that Spring's adapters for servlet containers
 * keep: a lost connection is a transport error first, and then closed with 1006. Keeps no
 * state: one dispatch serves all sessions.
 */
final class WebSocketDispatch implements WsHandler {

	/** The name of the attribute that holds the {@link EngineWebSocketSession}. */
	static final String SESSION = EngineWebSocketSession.class.getName();

	private static final Log logger = LogFactory.getLog(WebSocketDispatch.class);

	private final Function<HandshakeRequest, HandshakeDecision> decision;

	private final BiConsumer<WsSession, EngineWebSocketSession> opening;

	/** A dispatch for sessions whose handshake Spring has decided. */
	WebSocketDispatch() {
		this((request) -> HandshakeDecision.accept(), (session, opened) -> {
		});
	}

	/**
	 * A dispatch.
	 * @param decision decides handshakes; called on event loops
	 * @param opening called when a session opens, before its handler
	 */
	WebSocketDispatch(Function<HandshakeRequest, HandshakeDecision> decision,
			BiConsumer<WsSession, EngineWebSocketSession> opening) {
		this.decision = decision;
		this.opening = opening;
	}

	@Override
	public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
		return CompletableFuture.completedFuture(this.decision.apply(request));
	}

	private static EngineWebSocketSession of(WsSession session) {
		return (EngineWebSocketSession) Objects.requireNonNull(session.attributes().get(SESSION));
	}

	@Override
	public void onOpen(WsSession session) {
		EngineWebSocketSession opened = of(session);
		opened.initializeNativeSession(session);
		this.opening.accept(session, opened);
		try {
			opened.handler().afterConnectionEstablished(opened);
		}
		catch (Throwable ex) {
			ExceptionWebSocketHandlerDecorator.tryCloseWithError(opened, ex, logger);
		}
	}

	@Override
	public void onText(WsSession session, String text) {
		EngineWebSocketSession receiver = of(session);
		if (isWithin(receiver.getTextMessageSizeLimit(), text.length(), session, "characters")) {
			receive(receiver, new TextMessage(text));
		}
	}

	@Override
	public void onBinary(WsSession session, ByteBuffer payload) {
		EngineWebSocketSession receiver = of(session);
		if (isWithin(receiver.getBinaryMessageSizeLimit(), payload.remaining(), session, "bytes")) {
			receive(receiver, new BinaryMessage(copy(payload)));
		}
	}

	/** The limits that a handler may set per session count for whole messages. */
	private static boolean isWithin(int limit, int size, WsSession session, String unit) {
		if (size > limit) {
			session.close(CloseStatus.MESSAGE_TOO_BIG.withReason("more than " + limit + " " + unit));
		}
		return size <= limit;
	}

	@Override
	public void onTextPart(WsSession session, String part, boolean last) {
		receive(of(session), new TextMessage(part, last));
	}

	@Override
	public void onBinaryPart(WsSession session, ByteBuffer part, boolean last) {
		receive(of(session), new BinaryMessage(copy(part), last));
	}

	@Override
	public void onPong(WsSession session, ByteBuffer payload) {
		receive(of(session), new PongMessage(copy(payload)));
	}

	/** The buffer is lent, but a handler may keep the message. */
	private static ByteBuffer copy(ByteBuffer lent) {
		return ByteBuffer.allocate(lent.remaining()).put(lent).flip();
	}

	private static void receive(EngineWebSocketSession session, WebSocketMessage<?> message) {
		try {
			session.handler().handleMessage(session, message);
		}
		catch (Throwable ex) {
			ExceptionWebSocketHandlerDecorator.tryCloseWithError(session, ex, logger);
		}
	}

	@Override
	public void onClose(WsSession session, CloseStatus status) {
		EngineWebSocketSession closed = of(session);
		if (status.code() == CloseStatus.ABNORMAL.code()) {
			lost(closed);
		}
		String reason = status.reason().isEmpty() ? null : status.reason();
		try {
			closed.handler()
				.afterConnectionClosed(closed, new org.springframework.web.socket.CloseStatus(status.code(), reason));
		}
		catch (Throwable ex) {
			logger.warn("Unhandled exception after connection closed for " + closed, ex);
		}
	}

	private static void lost(EngineWebSocketSession session) {
		try {
			session.handler().handleTransportError(session, new EOFException("The connection was lost"));
		}
		catch (Throwable ex) {
			ExceptionWebSocketHandlerDecorator.tryCloseWithError(session, ex, logger);
		}
	}

}
