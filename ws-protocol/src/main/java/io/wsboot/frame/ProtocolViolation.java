package io.wsboot.frame;

import io.wsboot.CloseStatus;

/**
 * The peer broke a rule or a limit: thrown where the rule stands, caught once by the
 * conversation, which closes with the status. Its text ends in the section of the rule.
 * Carries no stack trace, so that bad input stays cheap.
 */
public final class ProtocolViolation extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient CloseStatus status;

	/**
	 * A breach of a rule.
	 * @param status the code to close with
	 * @param rule what the peer did, and the section that forbids it; goes to the peer as
	 * the reason
	 */
	public ProtocolViolation(CloseStatus status, String rule) {
		super(rule, null, false, false);
		this.status = status.withReason(rule);
	}

	/**
	 * How to close.
	 * @return code and reason
	 */
	public CloseStatus status() {
		return this.status;
	}

}
