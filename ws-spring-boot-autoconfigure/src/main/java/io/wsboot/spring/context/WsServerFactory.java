package io.wsboot.spring.context;

import io.wsboot.server.WsServer;
import io.wsboot.server.spi.WsServerObserver;

/**
 * Starts servers. A server that has stopped cannot be started again, so each start of the
 * application context takes a new server.
 */
@FunctionalInterface
public interface WsServerFactory {

	/**
	 * Starts a new server.
	 * @param observer the context's observer, to be told of what the server does beside
	 * any other observers
	 * @return the server, which listens
	 * @throws io.wsboot.server.config.PortInUseException if another program has the port
	 */
	WsServer start(WsServerObserver observer);

}
