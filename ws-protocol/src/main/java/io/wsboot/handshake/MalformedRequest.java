package io.wsboot.handshake;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;

/**
 * What a client sent is no request that can be answered otherwise than with an error,
 * whatever its path. Thrown where the rule stands, to be caught once. Has no stack trace:
 * it tells of the peer, not of our code. The message is for a log and ends in the section
 * that the request breaks; it holds nothing that the client sent.
 */
public final class MalformedRequest extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Refuse refusal;

	MalformedRequest(int status, String message) {
		super(message, null, false, false);
		this.refusal = HandshakeDecision.refuse(status).withReason(message);
	}

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
