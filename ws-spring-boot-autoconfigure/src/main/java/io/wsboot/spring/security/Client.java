package io.wsboot.spring.security;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The client of a handshake.
 *
 * @param authentication the client's identity
 * @param way how the client has authenticated; null if the client is anonymous, or has
 * authenticated to the web server whose port is shared
 * @param expiresAt when the credentials expire; null = never
 */
record Client(Authentication authentication, @Nullable HandshakeAuthentication way, @Nullable Instant expiresAt) {

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	/** A client without credentials. */
	static final Client ANONYMOUS = new Client(new AnonymousAuthenticationToken("websocket", "anonymousUser",
			AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")), null, null);

	boolean isAnonymous() {
		return TRUST.isAnonymous(this.authentication);
	}

}
