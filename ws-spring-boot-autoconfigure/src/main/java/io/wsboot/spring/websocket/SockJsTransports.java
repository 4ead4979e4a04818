package io.wsboot.spring.websocket;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.springframework.util.ReflectionUtils;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.sockjs.transport.TransportHandler;
import org.springframework.web.socket.sockjs.transport.TransportHandlingSockJsService;
import org.springframework.web.socket.sockjs.transport.TransportType;
import org.springframework.web.socket.sockjs.transport.handler.WebSocketTransportHandler;

/**
 * The transports of a SockJS service, of which the one for WebSocket is replaced. The
 * service shows its transports, but takes none once it has been made, so that its map is
 * reached by reflection.
 */
final class SockJsTransports {

	static final Field HANDLERS = field();

	private SockJsTransports() {
	}

	private static Field field() {
		Field field = Objects
			.requireNonNull(ReflectionUtils.findField(TransportHandlingSockJsService.class, "handlers", Map.class));
		ReflectionUtils.makeAccessible(field);
		return field;
	}

	/**
	 * Replaces the handshake handler of a service's transport for WebSocket. A transport
	 * of the application's own class stays.
	 * @param service the service
	 * @param replacement returns what takes the place of a handshake handler, or the same
	 */
	@SuppressWarnings("unchecked")
	static void replace(TransportHandlingSockJsService service, UnaryOperator<HandshakeHandler> replacement) {
		TransportHandler transport = service.getTransportHandlers().get(TransportType.WEBSOCKET);
		if (transport == null || transport.getClass() != WebSocketTransportHandler.class) {
			return;
		}
		HandshakeHandler original = ((WebSocketTransportHandler) transport).getHandshakeHandler();
		HandshakeHandler replaced = replacement.apply(original);
		if (replaced != original) {
			WebSocketTransportHandler other = new WebSocketTransportHandler(replaced);
			other.initialize(service);
			((Map<TransportType, TransportHandler>) Objects.requireNonNull(ReflectionUtils.getField(HANDLERS, service)))
				.put(TransportType.WEBSOCKET, other);
		}
	}

}
