package io.wsboot.spring.autoconfigure.authentication;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;

/**
 * The one resolver of managers that can be asked without an HTTP request of the web
 * server's: Spring Security's for several issuers of JWTs has one manager for all
 * requests, which looks for the issuer in the token.
 */
final class TokenIssuers {

	private static final String PACKAGE = "org.springframework.security.oauth2.server.resource.authentication.";

	private TokenIssuers() {
	}

	/**
	 * The manager for all issuers; null if the resolver is another, and needs a request.
	 */
	@SuppressWarnings({ "unchecked", "NullAway" }) // the request, which is not looked at
	static @Nullable AuthenticationManager managerOf(AuthenticationManagerResolver<?> resolver) {
		if (!isOneForAll(resolver, "JwtIssuerAuthenticationManagerResolver")) {
			return null;
		}
		return ((AuthenticationManagerResolver<Object>) resolver).resolve(null);
	}

	/** Whether the resolver of a reactive application can be asked in the same way. */
	static boolean isReactive(Object resolver) {
		return isOneForAll(resolver, "JwtIssuerReactiveAuthenticationManagerResolver");
	}

	private static boolean isOneForAll(Object resolver, String type) {
		// by name, as the types name those of requests, which need not be there
		return resolver.getClass().getName().equals(PACKAGE + type);
	}

}
