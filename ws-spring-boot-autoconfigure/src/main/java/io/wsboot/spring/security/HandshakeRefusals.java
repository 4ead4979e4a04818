package io.wsboot.spring.security;

import java.util.List;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;

/**
 * What clients are told that may not connect. Not why: that is in the log.
 *
 * @param ways how a client may show who it is
 */
record HandshakeRefusals(List<HandshakeAuthentication> ways) {

	/**
	 * Asks for credentials (RFC 9110 §15.5.2).
	 * @param wrong whether there were some, which were not good enough
	 */
	Refuse unauthenticated(boolean wrong) {
		Refuse refusal = HandshakeDecision.refuse(401)
			.withReason(wrong ? "the credentials are not valid" : "there are no credentials");
		for (HandshakeAuthentication way : this.ways) {
			String challenge = way.challenge(wrong);
			if (challenge != null) {
				refusal = refusal.withHeader("WWW-Authenticate", challenge);
			}
		}
		return refusal;
	}

	/** Asks for credentials if there were none, else says that they do not help. */
	Refuse denied(Client client) {
		return client.isAnonymous() ? unauthenticated(false)
				: HandshakeDecision.refuse(403).withReason("access is denied");
	}

}
