package io.wsboot.spring.autoconfigure.authentication;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;

/**
 * Sources for bearer tokens in reactive applications.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Mono.class, BearerTokenAuthenticationToken.class })
class ReactiveTokenConfiguration {

	private static final int JWT = 20;

	private static final int OPAQUE = 21;

	private static final int ISSUERS = 22;

	@Bean
	@Order(OPAQUE)
	AuthenticationManagerSource wsReactiveOpaqueTokens() {
		return (security, credentials) -> {
			ReactiveOpaqueTokenIntrospector introspector = TokenConfiguration.isToken(credentials)
					? security.unique(ReactiveOpaqueTokenIntrospector.class) : null;
			if (introspector == null) {
				return null;
			}
			OpaqueTokenReactiveAuthenticationManager manager = new OpaqueTokenReactiveAuthenticationManager(
					introspector);
			security.ifUnique(ReactiveOpaqueTokenAuthenticationConverter.class, manager::setAuthenticationConverter);
			return ReactiveManagerConfiguration.awaited(manager, security);
		};
	}

	@Bean
	@Order(ISSUERS)
	AuthenticationManagerSource wsReactiveTokenIssuers() {
		return (security, credentials) -> {
			ReactiveAuthenticationManagerResolver<?> resolver = TokenConfiguration.isToken(credentials)
					? security.unique(ReactiveAuthenticationManagerResolver.class) : null;
			ReactiveAuthenticationManager manager = (resolver != null) ? managerOf(resolver) : null;
			return (manager != null) ? ReactiveManagerConfiguration.awaited(manager, security) : null;
		};
	}

	/** Like {@link TokenIssuers#managerOf}, for reactive managers. */
	@SuppressWarnings({ "unchecked", "NullAway" }) // the request, which is not looked at
	private static @Nullable ReactiveAuthenticationManager managerOf(
			ReactiveAuthenticationManagerResolver<?> resolver) {
		if (!TokenIssuers.isReactive(resolver)) {
			return null;
		}
		return ((ReactiveAuthenticationManagerResolver<Object>) resolver).resolve(null).block();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ReactiveJwtDecoder.class)
	static class JwtConfiguration {

		@Bean
		@Order(JWT)
		AuthenticationManagerSource wsReactiveJwts() {
			return (security, credentials) -> {
				ReactiveJwtDecoder decoder = TokenConfiguration.isToken(credentials)
						? security.unique(ReactiveJwtDecoder.class) : null;
				if (decoder == null) {
					return null;
				}
				JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(decoder);
				security.ifUnique(ReactiveJwtAuthenticationConverter.class, manager::setJwtAuthenticationConverter);
				return ReactiveManagerConfiguration.awaited(manager, security);
			};
		}

	}

}
