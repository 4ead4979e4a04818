package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.security.BearerTokens;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/**
 * Bearer tokens, for the application's {@link JwtDecoder}, or else its
 * {@link AuthenticationManager}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ BearerTokenAuthenticationToken.class, JwtDecoder.class })
class BearerTokenConfiguration {

	private static final int ORDER = 0;

	@Bean
	@Order(ORDER)
	@ConditionalOnBean(JwtDecoder.class)
	BearerTokens wsJwtBearerTokens(JwtDecoder decoder, ObjectProvider<JwtAuthenticationConverter> converter,
			ObjectProvider<AuthenticationEventPublisher> events, WsServerProperties properties) {
		JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
		converter.ifAvailable(provider::setJwtAuthenticationConverter);
		ProviderManager manager = new ProviderManager(provider);
		events.ifAvailable(manager::setAuthenticationEventPublisher);
		return bearerTokens(manager, properties);
	}

	@Bean
	@Order(ORDER)
	@ConditionalOnBean(AuthenticationManager.class)
	@ConditionalOnMissingBean(BearerTokens.class)
	BearerTokens wsBearerTokens(AuthenticationManager manager, WsServerProperties properties) {
		return bearerTokens(manager, properties);
	}

	private static BearerTokens bearerTokens(AuthenticationManager manager, WsServerProperties properties) {
		return new BearerTokens(manager, properties.security().tokenInQuery(),
				properties.security().tokenInSubprotocol());
	}

}
