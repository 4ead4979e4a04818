package io.wsboot.spring.context;

import io.wsboot.server.WsServer;

import org.springframework.context.ApplicationEvent;

/** Published when the WebSocket server has stopped and all its sessions are closed. */
public final class WsServerStoppedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	/** The TCP port; -1 for a Unix-domain socket. */
	private final int port;

	WsServerStoppedEvent(WsServer server) {
		super(server);
		this.port = server.port();
	}

	/**
	 * Returns the TCP port that the server was bound to.
	 * @return 1 to 65535; -1 for a Unix-domain socket
	 */
	public int port() {
		return this.port;
	}

}
