package io.wsboot.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;

/**
 * What verifies bearer tokens in reactive applications.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Mono.class, BearerTokenAuthenticationToken.class })
class ReactiveTokenConfiguration {

	private static final int JWT = 20;

	private static final int OPAQUE = 21;

	private static final int ISSUERS = 22;

	private static boolean isToken(Class<? extends Authentication> credentials) {
		return credentials == BearerTokenAuthenticationToken.class;
	}

	@Bean
	@Order(OPAQUE)
	AuthenticationManagerSource wsReactiveOpaqueTokens(ListableBeanFactory beans, WsServerProperties properties) {
		SecurityBeans security = new SecurityBeans(beans);
		return (credentials) -> {
			ReactiveOpaqueTokenIntrospector introspector = isToken(credentials)
					? security.unique(ReactiveOpaqueTokenIntrospector.class) : null;
			if (introspector == null) {
				return null;
			}
			OpaqueTokenReactiveAuthenticationManager manager = new OpaqueTokenReactiveAuthenticationManager(
					introspector);
			security.ifUnique(ReactiveOpaqueTokenAuthenticationConverter.class, manager::setAuthenticationConverter);
			return ReactiveManagerConfiguration.awaited(manager, properties);
		};
	}

	@Bean
	@Order(ISSUERS)
	AuthenticationManagerSource wsReactiveTokenIssuers(ListableBeanFactory beans, WsServerProperties properties) {
		SecurityBeans security = new SecurityBeans(beans);
		return (credentials) -> {
			ReactiveAuthenticationManagerResolver<?> resolver = isToken(credentials)
					? security.unique(ReactiveAuthenticationManagerResolver.class) : null;
			ReactiveAuthenticationManager manager = (resolver != null) ? managerOf(resolver) : null;
			return (manager != null) ? ReactiveManagerConfiguration.awaited(manager, properties) : null;
		};
	}

	/** As {@link TokenIssuers} has it, with a manager that looks into the token. */
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
		AuthenticationManagerSource wsReactiveJwts(ListableBeanFactory beans, WsServerProperties properties) {
			SecurityBeans security = new SecurityBeans(beans);
			return (credentials) -> {
				ReactiveJwtDecoder decoder = isToken(credentials) ? security.unique(ReactiveJwtDecoder.class) : null;
				if (decoder == null) {
					return null;
				}
				JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(decoder);
				security.ifUnique(ReactiveJwtAuthenticationConverter.class, manager::setJwtAuthenticationConverter);
				return ReactiveManagerConfiguration.awaited(manager, properties);
			};
		}

	}

}
