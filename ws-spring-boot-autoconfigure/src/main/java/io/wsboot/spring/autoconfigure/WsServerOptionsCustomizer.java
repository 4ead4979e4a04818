package io.wsboot.spring.autoconfigure;

import io.wsboot.server.WsServerOptionsBuilder;

/**
 * A bean that changes the server's options after the properties {@code ws.server.*} have
 * been applied. Several are called in order.
 */
@FunctionalInterface
public interface WsServerOptionsCustomizer {

	/**
	 * Changes the options.
	 * @param options the options as the properties and earlier customizers have set them
	 */
	void customize(WsServerOptionsBuilder options);

}
