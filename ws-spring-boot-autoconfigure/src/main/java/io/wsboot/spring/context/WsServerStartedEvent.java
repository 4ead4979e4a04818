package io.wsboot.spring.context;

import io.wsboot.server.WsServer;

import org.springframework.context.ApplicationEvent;

/** Published when the WebSocket server listens. */
public final class WsServerStartedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	/** The TCP port; -1 for a Unix-domain socket. */
	private final int port;

	WsServerStartedEvent(WsServer server) {
		super(server);
		this.port = server.port();
	}

	/**
	 * Returns the TCP port that the server is bound to.
	 * @return 1 to 65535; -1 for a Unix-domain socket
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Returns the server.
	 * @return the server that has started
	 */
	public WsServer server() {
		return (WsServer) getSource();
	}

}
