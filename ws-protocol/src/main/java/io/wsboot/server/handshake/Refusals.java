package io.wsboot.server.handshake;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;

/**
 * What the server answers to handshakes that it has no room for.
 */
final class Refusals {

	/** How long a client that finds no room is asked to stay away, in seconds. */
	private static final String RETRY_AFTER = "5";

	static final Refuse DRAINING = tryLater(503).withReason("the server is about to stop");

	static final Refuse NO_WORKER = tryLater(503).withReason("no worker is free");

	/** Never sent: the connection is dropped. */
	static final Refuse TIMED_OUT = HandshakeDecision.refuse(408).withReason("the handshake took too long");

	private Refusals() {
	}

	static Refuse tryLater(int status) {
		return HandshakeDecision.refuse(status).withHeader("Retry-After", RETRY_AFTER);
	}

}
