package io.wsboot.spring.security;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Who shakes hands.
 *
 * @param authentication who it is
 * @param way how it has shown that; null if it has not
 * @param expiresAt until when that is valid; null = for ever
 */
record Client(Authentication authentication, @Nullable HandshakeAuthentication way, @Nullable Instant expiresAt) {

	/** Has not said who it is. */
	static final Client ANONYMOUS = new Client(new AnonymousAuthenticationToken("websocket", "anonymousUser",
			AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")), null, null);

	boolean isAnonymous() {
		return this.way == null;
	}

}
