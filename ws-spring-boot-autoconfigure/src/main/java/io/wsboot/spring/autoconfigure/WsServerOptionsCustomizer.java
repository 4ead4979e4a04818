package io.wsboot.spring.autoconfigure;

import io.wsboot.server.config.WsServerOptionsBuilder;

/**
 * Changes the server's options after the properties {@code ws.server.*} have been
 * applied. Customizer beans of a context are called in their order, once, when the
 * options are built.
 */
@FunctionalInterface
public interface WsServerOptionsCustomizer {

	/**
	 * Changes the options.
	 * @param options the options that the properties and earlier customizers have set
	 */
	void customize(WsServerOptionsBuilder options);

}
