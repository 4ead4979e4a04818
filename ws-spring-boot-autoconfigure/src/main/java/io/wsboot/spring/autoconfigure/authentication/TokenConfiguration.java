package io.wsboot.spring.autoconfigure.authentication;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Sources for bearer tokens: a decoder of JWTs, an introspector of opaque tokens, or a
 * resolver of several issuers.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(BearerTokenAuthenticationToken.class)
class TokenConfiguration {

	private static final int JWT = 0;

	private static final int OPAQUE = 1;

	private static final int ISSUERS = 2;

	/** Whether credentials are a bearer token. */
	static boolean isToken(Class<? extends Authentication> credentials) {
		return credentials == BearerTokenAuthenticationToken.class;
	}

	@Bean
	@Order(OPAQUE)
	AuthenticationManagerSource wsOpaqueTokens() {
		return (security, credentials) -> {
			OpaqueTokenIntrospector introspector = isToken(credentials) ? security.unique(OpaqueTokenIntrospector.class)
					: null;
			if (introspector == null) {
				return null;
			}
			OpaqueTokenAuthenticationProvider provider = new OpaqueTokenAuthenticationProvider(introspector);
			security.ifUnique(OpaqueTokenAuthenticationConverter.class, provider::setAuthenticationConverter);
			return security.managing(provider);
		};
	}

	@Bean
	@Order(ISSUERS)
	AuthenticationManagerSource wsTokenIssuers() {
		return (security, credentials) -> {
			AuthenticationManagerResolver<?> resolver = isToken(credentials)
					? security.unique(AuthenticationManagerResolver.class) : null;
			return (resolver != null) ? TokenIssuers.managerOf(resolver) : null;
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JwtDecoder.class)
	static class JwtConfiguration {

		@Bean
		@Order(JWT)
		AuthenticationManagerSource wsJwts() {
			return (security, credentials) -> {
				JwtDecoder decoder = isToken(credentials) ? security.unique(JwtDecoder.class) : null;
				if (decoder == null) {
					return null;
				}
				JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
				security.ifUnique(JwtAuthenticationConverter.class, provider::setJwtAuthenticationConverter);
				return security.managing(provider);
			};
		}

	}

}
