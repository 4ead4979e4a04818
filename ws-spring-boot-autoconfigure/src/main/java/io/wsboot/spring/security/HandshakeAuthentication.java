package io.wsboot.spring.security;

import java.time.Instant;

import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.HandshakeChain;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * One way in which a client can show who it is. All beans of this type are used; those of
 * the starter are for tokens, passwords and certificates. Must be thread-safe.
 */
public interface HandshakeAuthentication {

	/**
	 * What the client shows, not verified yet. Must not block.
	 * @param request the handshake
	 * @param handshake more about it, such as the subject of the client's certificate
	 * @return the credentials; null if it shows none of this kind
	 * @throws AuthenticationException if it does, but they cannot be read: 401
	 */
	@Nullable Authentication credentials(HandshakeRequest request, HandshakeChain handshake);

	/**
	 * Verifies what the client shows. May block.
	 * @param credentials those that it shows
	 * @return who it is, which must be authenticated and not anonymous; anything else
	 * counts as wrong credentials
	 * @throws AuthenticationException if that is wrong, or no longer right: 401
	 */
	Authentication authenticate(Authentication credentials);

	/**
	 * Until when what the client showed is valid. The session is closed then.
	 * @param authentication what {@link #authenticate} returned
	 * @return when it expires; null if it does not
	 */
	default @Nullable Instant expiresAt(Authentication authentication) {
		return null;
	}

	/**
	 * Adds to the answer to a client that has shown this kind of credentials.
	 * @param decision the answer
	 * @param request the handshake
	 * @param handshake more about it
	 * @return the answer, with what belongs to these credentials
	 */
	default Accept accepted(Accept decision, HandshakeRequest request, HandshakeChain handshake) {
		return decision;
	}

	/**
	 * How a client is asked for this kind of credentials (RFC 9110 §11.6.1).
	 * @param wrong whether it has shown some, which were not good enough
	 * @return the value of a {@code WWW-Authenticate} field; null if there is none
	 */
	default @Nullable String challenge(boolean wrong) {
		return null;
	}

}
