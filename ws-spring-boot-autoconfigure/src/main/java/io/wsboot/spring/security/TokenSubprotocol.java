package io.wsboot.spring.security;

import java.util.List;

import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;

/**
 * A token among the subprotocols that a client offers, as that is all a page can add to a
 * handshake: {@code new WebSocket(url, ["chat", "access_token", token])}.
 */
final class TokenSubprotocol {

	/** The subprotocol behind which the token stands. */
	static final String NAME = "access_token";

	private TokenSubprotocol() {
	}

	/** The tokens among what a client offers; more than one only by mistake. */
	static List<String> tokens(HandshakeRequest request) {
		List<String> offered = request.subprotocols();
		int name = offered.indexOf(NAME);
		if (name < 0) {
			return List.of();
		}
		return (name + 1 < offered.size()) ? List.of(offered.get(name + 1)) : List.of("");
	}

	/**
	 * Agrees on {@value #NAME} where the endpoint speaks nothing that was offered, as a
	 * browser that offers something fails without an agreement. The token itself is never
	 * echoed.
	 */
	static Accept agreeing(Accept decision, HandshakeRequest request, List<String> spoken) {
		List<String> offered = request.subprotocols();
		boolean agreed = decision.subprotocol() != null || spoken.stream().anyMatch(offered::contains);
		return (agreed || !offered.contains(NAME)) ? decision : decision.withSubprotocol(NAME);
	}

}
