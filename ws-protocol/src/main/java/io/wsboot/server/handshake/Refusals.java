package io.wsboot.server.handshake;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;

/**
 * The refusals of handshakes that the server has no room or time for.
 */
final class Refusals {

	/** When a refused client should try again, in seconds (RFC 9110 §10.2.3). */
	private static final String RETRY_AFTER = "5";

	static final Refuse DRAINING = tryLater(503).withReason("the server is about to stop");

	/**
	 * Another server still routes to the endpoint, or the endpoint was removed just now.
	 */
	static final Refuse REMOVED = HandshakeDecision.refuse(404).withReason("the endpoint has been removed");

	static final Refuse NO_WORKER = tryLater(503).withReason("no worker is free");

	/** For a host, which waits for an answer. */
	static final Refuse LATE = tryLater(503).withReason("the endpoint has not decided in time");

	/** For observers and the log only: the connection is dropped without an answer. */
	static final Refuse TIMED_OUT = HandshakeDecision.refuse(408).withReason("the handshake took too long");

	private Refusals() {
	}

	/** A refusal with a {@code Retry-After} field. */
	static Refuse tryLater(int status) {
		return HandshakeDecision.refuse(status).withHeader("Retry-After", RETRY_AFTER);
	}

}
