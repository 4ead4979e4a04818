package io.wsboot.spring.security;

import java.util.List;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;

/**
 * The answers to clients that may not connect. An answer does not say why; the log does.
 *
 * @param ways how clients may authenticate
 */
record HandshakeRefusals(List<HandshakeAuthentication> ways) {

	/**
	 * Asks for credentials with 401 (RFC 9110 §15.5.2), or refuses with 403 if no
	 * credentials would help.
	 * @param wrong whether the client has presented credentials that were not accepted
	 */
	Refuse unauthenticated(boolean wrong) {
		Refuse refusal = HandshakeDecision.refuse(this.ways.isEmpty() ? 403 : 401)
			.withReason(wrong ? "the credentials are not good enough" : "there are no credentials");
		for (HandshakeAuthentication way : this.ways) {
			String challenge = way.challenge(wrong);
			if (challenge != null) {
				refusal = refusal.withHeader("WWW-Authenticate", challenge);
			}
		}
		return refusal;
	}

	/**
	 * Asks an anonymous client for credentials; tells any other client that its
	 * credentials do not suffice.
	 */
	Refuse denied(Client client) {
		return client.isAnonymous() ? unauthenticated(false)
				: HandshakeDecision.refuse(403).withReason("the client is not allowed to connect");
	}

}
