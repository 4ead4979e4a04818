package io.wsboot.spring.websocket;

import java.util.function.BooleanSupplier;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.MessageDelivery;
import io.wsboot.spring.context.WsHandlerRegistration;

import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.handler.ExceptionWebSocketHandlerDecorator;
import org.springframework.web.socket.handler.LoggingWebSocketHandlerDecorator;

/**
 * Registers {@code WebSocketHandler}s of Spring's with the server itself, without a web
 * server and without the servlet API. This bean can be injected anywhere.
 *
 * <pre>
 * &#64;Bean
 * WsHandlerRegistration chat(WebSocketHandlers handlers, ChatHandler handler) {
 * 	return handlers.at("/chat", handler);
 * }
 * </pre>
 *
 * A {@code SubProtocolWebSocketHandler} is such a handler: STOMP works the same way.
 * Paths, origins and who may connect are the server's business, as for any other
 * {@link WsHandlerRegistration}.
 */
public final class WebSocketHandlers {

	private final Execution execution;

	private final int maxMessageSize;

	private final BooleanSupplier secure;

	/**
	 * Creates the bean.
	 * @param execution where handlers are called
	 * @param maxMessageSize the server's limit for messages, in bytes
	 * @param secure tells whether the server encrypts connections; called for each
	 * handshake
	 */
	public WebSocketHandlers(Execution execution, int maxMessageSize, BooleanSupplier secure) {
		this.execution = execution;
		this.maxMessageSize = maxMessageSize;
		this.secure = secure;
	}

	/**
	 * Makes the registration of a handler.
	 * @param path the absolute path, such as {@code /chat/{room}}
	 * @param handler handles the sessions of the path. Sessions of a
	 * {@link SubProtocolCapable} handler speak the first subprotocol of the client's that
	 * the handler knows
	 * @return the registration, which is to be a bean
	 */
	public WsHandlerRegistration at(String path, WebSocketHandler handler) {
		return at(path, handler, EndpointOptions.DEFAULTS.withExecution(this.execution));
	}

	/**
	 * Makes the registration of a handler.
	 * @param path the absolute path, such as {@code /chat/{room}}
	 * @param handler handles the sessions of the path
	 * @param options where the endpoint differs from the server's options; subprotocols
	 * and delivery are up to the handler
	 * @return the registration, which is to be a bean
	 */
	public WsHandlerRegistration at(String path, WebSocketHandler handler, EndpointOptions options) {
		int limit = options.limits().maxMessageSize();
		OwnPort own = new OwnPort(new ExceptionWebSocketHandlerDecorator(new LoggingWebSocketHandlerDecorator(handler)),
				(limit > 0) ? limit : this.maxMessageSize, this.secure);
		return new WsHandlerRegistration(path, new WebSocketDispatch(own::decide, own::opening),
				delivery(options, handler));
	}

	/**
	 * Options for a handler, which gets messages in parts if it wants them so: messages
	 * of any size then, as on a servlet container, as the server holds none of them.
	 */
	static EndpointOptions delivery(EndpointOptions options, WebSocketHandler handler) {
		MessageDelivery delivery = handler.supportsPartialMessages() ? MessageDelivery.inParts(Long.MAX_VALUE)
				: MessageDelivery.WHOLE;
		return options.withText(delivery).withBinary(delivery).withHandshakeExecution(Execution.EVENT_LOOP);
	}

}
