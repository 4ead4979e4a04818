package io.wsboot.spring.websocket;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsSession;

import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Handshakes for a handler of Spring's on the server's own port: all that the server's
 * own policies allow are accepted.
 *
 * @param handler handles the sessions
 * @param limit how big a message may be
 * @param secure tells whether the server encrypts connections
 */
record OwnPort(WebSocketHandler handler, int limit, BooleanSupplier secure) {

	HandshakeDecision decide(HandshakeRequest request) {
		Accept accept = HandshakeDecision.accept()
			.withAttribute(WebSocketDispatch.SESSION, new EngineWebSocketSession(this.handler, Map.of(), uri(request),
					null, MessageSizes.of(this.limit)));
		return subprotocol(request.subprotocols()).map(accept::withSubprotocol).orElse(accept);
	}

	/** The first one of the client's that the handler speaks, as on a web server. */
	private Optional<String> subprotocol(List<String> offered) {
		if (WebSocketHandlerDecorator.unwrap(this.handler) instanceof SubProtocolCapable capable) {
			List<String> spoken = capable.getSubProtocols();
			return offered.stream().filter((name) -> spoken.stream().anyMatch(name::equalsIgnoreCase)).findFirst();
		}
		return Optional.empty();
	}

	private String uri(HandshakeRequest request) {
		return (this.secure.getAsBoolean() ? "wss://" : "ws://") + request.headers().first("Host").orElse("")
				+ request.path() + ((request.query() != null) ? "?" + request.query() : "");
	}

	/** What the server's interceptors have found out becomes the handler's to see. */
	void opening(WsSession session, EngineWebSocketSession opened) {
		session.attributes().forEach((name, value) -> {
			if (value != opened) {
				opened.getAttributes().put(name, value);
			}
		});
	}

}
