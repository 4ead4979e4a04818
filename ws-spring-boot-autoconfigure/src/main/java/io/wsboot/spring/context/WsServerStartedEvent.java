package io.wsboot.spring.context;

import io.wsboot.server.WsServer;

import org.springframework.context.ApplicationEvent;

/**
 * The WebSocket server listens.
 */
public final class WsServerStartedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final int port;

	WsServerStartedEvent(WsServer server) {
		super(server);
		this.port = server.port();
	}

	/**
	 * The TCP port that it is bound to.
	 * @return 1 to 65535; -1 for a Unix-domain socket
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The server.
	 * @return the server
	 */
	public WsServer server() {
		return (WsServer) getSource();
	}

}
