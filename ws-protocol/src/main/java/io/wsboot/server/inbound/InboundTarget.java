package io.wsboot.server.inbound;

import io.wsboot.WsSession;

/**
 * A session whose handler is called.
 */
public interface InboundTarget extends WsSession {

	/** The session's connection. */
	InboundLink link();

	/** The session's endpoint. */
	InboundEndpoint endpointSessions();

	/** The parts of the server that deliver messages. */
	InboundContext context();

}
