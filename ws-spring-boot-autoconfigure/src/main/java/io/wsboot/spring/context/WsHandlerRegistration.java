package io.wsboot.spring.context;

import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;

/**
 * A handler and the path that the handler serves. The server of an application context
 * serves all beans of this type that the context itself defines.
 *
 * <pre>
 * &#64;Bean
 * WsHandlerRegistration ticker(TickerHandler handler) {
 * 	return new WsHandlerRegistration("/ticker", handler);
 * }
 * </pre>
 *
 * @param path the absolute path, such as {@code /chat/{room}}; a segment in braces is a
 * variable
 * @param handler serves the sessions of the path
 * @param options where the endpoint differs from the server's options
 * @see WsHandlerRegistry
 */
public record WsHandlerRegistration(String path, WsHandler handler, EndpointOptions options) {

	/**
	 * Creates a registration without options of its own.
	 * @param path the absolute path, such as {@code /chat/{room}}
	 * @param handler serves the sessions of the path
	 */
	public WsHandlerRegistration(String path, WsHandler handler) {
		this(path, handler, EndpointOptions.DEFAULTS);
	}

}
