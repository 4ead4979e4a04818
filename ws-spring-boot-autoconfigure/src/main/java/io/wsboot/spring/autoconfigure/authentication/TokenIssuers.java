package io.wsboot.spring.autoconfigure.authentication;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;

/**
 * Recognizes Spring Security's resolver for several issuers of JWTs. Unlike other
 * resolvers, that one needs no HTTP request: it has one manager for all requests, which
 * reads the issuer from the token.
 */
final class TokenIssuers {

	private static final String PACKAGE = "org.springframework.security.oauth2.server.resource.authentication.";

	private TokenIssuers() {
	}

	/** The manager for all issuers; null if the resolver is another one. */
	@SuppressWarnings({ "unchecked", "NullAway" }) // the request, which is not looked at
	static @Nullable AuthenticationManager managerOf(AuthenticationManagerResolver<?> resolver) {
		if (!isOneForAll(resolver, "JwtIssuerAuthenticationManagerResolver")) {
			return null;
		}
		return ((AuthenticationManagerResolver<Object>) resolver).resolve(null);
	}

	/** Whether a resolver is the reactive counterpart. */
	static boolean isReactive(Object resolver) {
		return isOneForAll(resolver, "JwtIssuerReactiveAuthenticationManagerResolver");
	}

	private static boolean isOneForAll(Object resolver, String type) {
		// by name, as the types name those of requests, which need not be there
		return resolver.getClass().getName().equals(PACKAGE + type);
	}

}
