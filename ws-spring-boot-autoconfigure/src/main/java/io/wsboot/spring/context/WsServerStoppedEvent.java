package io.wsboot.spring.context;

import io.wsboot.server.WsServer;

import org.springframework.context.ApplicationEvent;

/** Published when the WebSocket server has stopped and all its sessions are closed. */
public final class WsServerStoppedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	/** The TCP port that clients use; -1 for a Unix-domain socket. */
	private final int port;

	WsServerStoppedEvent(WsServer server, int port) {
		super(server);
		this.port = port;
	}

	/**
	 * Returns the TCP port that clients used: the port of the server's own listener if
	 * there was one, else the port of the web server.
	 * @return 1 to 65535; -1 for a Unix-domain socket
	 */
	public int port() {
		return this.port;
	}

}
