package io.wsboot.spring.security;

import java.util.List;

import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;

/**
 * Finds a token among the subprotocols that a client offers. Subprotocols are all that a
 * page can add to a handshake:
 * {@code new WebSocket(url, ["chat", "access_token", token])}.
 */
final class TokenSubprotocol {

	/** The subprotocol behind which the token stands. */
	static final String NAME = "access_token";

	private TokenSubprotocol() {
	}

	/**
	 * Returns the offered tokens: at most one, which is empty if nothing follows
	 * {@value #NAME}.
	 */
	static List<String> tokens(HandshakeRequest request) {
		List<String> offered = request.subprotocols();
		int name = offered.indexOf(NAME);
		if (name < 0) {
			return List.of();
		}
		return (name + 1 < offered.size()) ? List.of(offered.get(name + 1)) : List.of("");
	}

	/**
	 * Selects {@value #NAME} if the endpoint speaks no offered subprotocol: a browser
	 * that offers subprotocols fails the connection unless one is selected. The token
	 * itself is never echoed.
	 */
	static Accept agreeing(Accept decision, HandshakeRequest request, List<String> spoken) {
		List<String> offered = request.subprotocols();
		boolean agreed = decision.subprotocol() != null || spoken.stream().anyMatch(offered::contains);
		return (agreed || !offered.contains(NAME)) ? decision : decision.withSubprotocol(NAME);
	}

}
