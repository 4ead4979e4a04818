package io.wsboot.frame;

import io.wsboot.CloseStatus;

/**
 * The peer broke a rule or a limit. The code that knows the rule throws this exception;
 * one place in {@code io.wsboot.protocol} catches it and closes with its status. The
 * message ends in the section of the rule. There is no stack trace, so that bad input
 * stays cheap.
 */
public final class ProtocolViolation extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient CloseStatus status;

	/**
	 * Makes the exception.
	 * @param status has the code to close with
	 * @param rule what the peer did, and the section that forbids it; sent to the peer as
	 * the reason
	 */
	public ProtocolViolation(CloseStatus status, String rule) {
		super(rule, null, false, false);
		this.status = status.withReason(rule);
	}

	/**
	 * The status to close the connection with.
	 * @return code and reason
	 */
	public CloseStatus status() {
		return this.status;
	}

}
