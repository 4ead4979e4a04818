package io.wsboot.spring.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Authenticates clients by bearer tokens (RFC 6750): JWTs, or whatever the application's
 * manager understands. Tokens are found in the {@code Authorization} field, and where a
 * browser's {@code WebSocket} can put them.
 */
public final class BearerTokens implements HandshakeAuthentication {

	private final AuthenticationManager manager;

	private final boolean inQuery;

	private final boolean inSubprotocol;

	/**
	 * Creates the authentication.
	 * @param manager verifies tokens
	 * @param inQuery whether the query parameter {@code access_token} may hold a token
	 * (RFC 6750 §2.3)
	 * @param inSubprotocol whether a client may offer a token as the subprotocol behind
	 * {@value TokenSubprotocol#NAME}
	 */
	public BearerTokens(AuthenticationManager manager, boolean inQuery, boolean inSubprotocol) {
		this.manager = manager;
		this.inQuery = inQuery;
		this.inSubprotocol = inSubprotocol;
	}

	@Override
	public @Nullable Authentication credentials(HandshakeRequest request, HandshakeChain handshake) {
		List<String> tokens = new ArrayList<>(AuthorizationField.credentials(request, "Bearer"));
		if (this.inQuery) {
			tokens.addAll(request.queryParams("access_token"));
		}
		if (this.inSubprotocol) {
			tokens.addAll(TokenSubprotocol.tokens(request));
		}
		if (tokens.size() > 1) {
			throw new AmbiguousCredentialsException("more than one bearer token (RFC 6750 §2)");
		}
		if (tokens.isEmpty()) {
			return null;
		}
		if (tokens.get(0).isEmpty()) {
			throw new InvalidBearerTokenException("an empty token");
		}
		return new BearerTokenAuthenticationToken(tokens.get(0));
	}

	@Override
	public Authentication authenticate(Authentication credentials) {
		return this.manager.authenticate(credentials);
	}

	@Override
	public @Nullable Instant expiresAt(Authentication authentication) {
		if (authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> token) {
			return token.getToken().getExpiresAt();
		}
		// made by a converter of the application's own
		if (authentication.getCredentials() instanceof OAuth2Token token) {
			return token.getExpiresAt();
		}
		return (authentication.getPrincipal() instanceof OAuth2Token token) ? token.getExpiresAt() : null;
	}

	@Override
	public Accept accepted(Accept decision, HandshakeRequest request, HandshakeChain handshake) {
		return this.inSubprotocol ? TokenSubprotocol.agreeing(decision, request, handshake.subprotocols()) : decision;
	}

	@Override
	public String challenge(boolean wrong) {
		return wrong ? "Bearer error=\"invalid_token\"" : "Bearer";
	}

}
