package io.wsboot.handshake;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;

/**
 * Thrown for a request that the server must refuse whatever the path: where the rule
 * stands, to be caught once. Has no stack trace, as the fault is the client's, not our
 * code's. The message is for a log: the message ends in the section that the request
 * breaks, and holds nothing that the client sent.
 */
public final class MalformedRequest extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Refuse refusal;

	MalformedRequest(int status, String message) {
		super(message, null, false, false);
		this.refusal = HandshakeDecision.refuse(status).withReason(message);
	}

	/** A request to be answered with 400. */
	static MalformedRequest badRequest(String message) {
		return new MalformedRequest(400, message);
	}

	/**
	 * The answer to the request.
	 * @return a refusal with 400, 414, 431 or 505
	 */
	public Refuse refusal() {
		return this.refusal;
	}

}
