package io.wsboot.spring.context;

import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;

/**
 * A handler and the path that it serves. The server of an application context serves all
 * beans of this type that the context defines itself.
 *
 * <pre>
 * &#64;Bean
 * WsHandlerRegistration ticker(TickerHandler handler) {
 * 	return new WsHandlerRegistration("/ticker", handler);
 * }
 * </pre>
 *
 * @param path the path, such as {@code /chat/{room}}: absolute; a segment in braces is a
 * variable
 * @param handler serves its sessions
 * @param options what the endpoint does its own way
 * @see WsHandlerRegistry
 */
public record WsHandlerRegistration(String path, WsHandler handler, EndpointOptions options) {

	/**
	 * A handler without options of its own.
	 * @param path the path
	 * @param handler serves its sessions
	 */
	public WsHandlerRegistration(String path, WsHandler handler) {
		this(path, handler, EndpointOptions.DEFAULTS);
	}

}
