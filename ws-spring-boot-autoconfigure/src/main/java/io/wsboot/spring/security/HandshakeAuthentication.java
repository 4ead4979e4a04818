package io.wsboot.spring.security;

import java.time.Instant;

import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * A way for clients to authenticate. All beans of this type are used; the starter has
 * beans for tokens, passwords and certificates. Implementations must be thread-safe.
 */
public interface HandshakeAuthentication {

	/**
	 * Returns the credentials that a client presents, without verifying them. Must not
	 * block.
	 * @param request the handshake
	 * @param handshake more about the handshake, such as the subject of the client's
	 * certificate
	 * @return the credentials; null if the client presents none of this kind
	 * @throws AuthenticationException if the credentials cannot be read (401)
	 */
	@Nullable Authentication credentials(HandshakeRequest request, HandshakeChain handshake);

	/**
	 * Verifies credentials. May block.
	 * @param credentials the credentials that the client presents
	 * @return the client's identity, which must be authenticated and not anonymous;
	 * anything else counts as wrong credentials
	 * @throws AuthenticationException if the credentials are wrong, or no longer valid
	 * (401)
	 */
	Authentication authenticate(Authentication credentials);

	/**
	 * Returns when the client's credentials expire. The session is closed then.
	 * @param authentication what {@link #authenticate} returned; or, on the shared port
	 * of a web server, the identity of a client that the web server's own filters have
	 * authenticated in whatever way
	 * @return the time; null if the credentials do not expire
	 */
	default @Nullable Instant expiresAt(Authentication authentication) {
		return null;
	}

	/**
	 * Adds to the answer to a client that has presented credentials of this kind.
	 * @param decision the answer
	 * @param request the handshake
	 * @param handshake more about the handshake
	 * @return the answer, with what belongs to these credentials
	 */
	default Accept accepted(Accept decision, HandshakeRequest request, HandshakeChain handshake) {
		return decision;
	}

	/**
	 * Returns the challenge that asks a client for credentials of this kind (RFC 9110
	 * §11.6.1).
	 * @param wrong whether the client has presented credentials that were not accepted
	 * @return the value of a {@code WWW-Authenticate} field; null if there is none
	 */
	default @Nullable String challenge(boolean wrong) {
		return null;
	}

}
