package io.wsboot.spring.context;

import io.wsboot.server.WsServer;

import org.springframework.context.ApplicationEvent;

/**
 * The WebSocket server has stopped: all its sessions are closed.
 */
public final class WsServerStoppedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final int port;

	WsServerStoppedEvent(WsServer server) {
		super(server);
		this.port = server.port();
	}

	/**
	 * The TCP port that it was bound to.
	 * @return 1 to 65535; -1 for a Unix-domain socket
	 */
	public int port() {
		return this.port;
	}

}
