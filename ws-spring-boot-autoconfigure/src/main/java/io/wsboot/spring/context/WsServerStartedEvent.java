package io.wsboot.spring.context;

import io.wsboot.server.WsServer;

import org.springframework.context.ApplicationEvent;

/** Published when clients can connect to the WebSocket server. */
public final class WsServerStartedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	/** The TCP port that clients use; -1 for a Unix-domain socket. */
	private final int port;

	WsServerStartedEvent(WsServer server, int port) {
		super(server);
		this.port = port;
	}

	/**
	 * Returns the TCP port that clients use: the port of the server's own listener if
	 * there is one, else the port of the web server.
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
