package io.wsboot.spring.websocket.reactive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage.Type;

/**
 * Serves the sessions of all reactive handlers, on the event loop. What a session needs
 * comes with its handshake, as an attribute.
 */
final class ReactiveSessions implements WsHandler {

	private static final Log logger = LogFactory.getLog(ReactiveSessions.class);

	/** The attribute with the {@link Opening}, and later the {@link ReactiveSession}. */
	static final String ATTRIBUTE = ReactiveSessions.class.getName();

	/**
	 * What a new session needs.
	 *
	 * @param handler the application's handler
	 * @param info the handshake
	 */
	record Opening(WebSocketHandler handler, HandshakeInfo info) {
	}

	private static ReactiveSession of(WsSession session) {
		return (ReactiveSession) attribute(session);
	}

	private static Object attribute(WsSession session) {
		return Objects.requireNonNull(session.attributes().get(ATTRIBUTE));
	}

	@Override
	public void onOpen(WsSession session) {
		Opening opening = (Opening) attribute(session);
		ReactiveSession reactive = new ReactiveSession(session, opening.info());
		session.attributes().put(ATTRIBUTE, reactive);
		opening.handler().handle(reactive).subscribe(null, (failure) -> {
			logger.error("A WebSocket handler for " + session.endpoint() + " failed", failure);
			session.close(CloseStatus.INTERNAL_ERROR);
		}, session::close);
	}

	@Override
	public void onText(WsSession session, String text) {
		of(session).arrived(Type.TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void onBinary(WsSession session, ByteBuffer payload) {
		of(session).arrived(Type.BINARY, bytes(payload));
	}

	@Override
	public void onPong(WsSession session, ByteBuffer payload) {
		of(session).arrived(Type.PONG, bytes(payload));
	}

	private static byte[] bytes(ByteBuffer payload) {
		byte[] bytes = new byte[payload.remaining()];
		payload.get(bytes);
		return bytes;
	}

	@Override
	public void onDrained(WsSession session) {
		of(session).drained();
	}

	@Override
	public void onClose(WsSession session, CloseStatus status) {
		of(session)
			.closed(status.reason().isEmpty() ? new org.springframework.web.reactive.socket.CloseStatus(status.code())
					: new org.springframework.web.reactive.socket.CloseStatus(status.code(), status.reason()));
	}

}
