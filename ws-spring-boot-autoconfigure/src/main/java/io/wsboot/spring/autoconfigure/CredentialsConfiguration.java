package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.autoconfigure.authentication.SecurityBeans;
import io.wsboot.spring.security.BasicCredentials;
import io.wsboot.spring.security.BearerTokens;
import io.wsboot.spring.security.ClientCertificates;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * The ways for clients to authenticate: bearer tokens and HTTP Basic, each if the
 * application has a bean that verifies such credentials; and client certificates, if
 * {@code ws.server.security.client-certificate} is set.
 */
@Configuration(proxyBeanMethods = false)
class CredentialsConfiguration {

	private static final int BEARER = 0;

	private static final int BASIC = 1;

	/** Last, as a connection has a certificate whatever else the handshake brings. */
	private static final int CERTIFICATES = 2;

	@Bean
	@Order(BASIC)
	@ConditionalOnBooleanProperty(name = "ws.server.security.basic", matchIfMissing = true)
	@ConditionalOnMissingBean
	@Nullable BasicCredentials wsBasicCredentials(ListableBeanFactory beans, WsServerProperties properties) {
		AuthenticationManager manager = new SecurityBeans(beans, properties.handshake().timeout())
			.manager(UsernamePasswordAuthenticationToken.class);
		return (manager == null) ? null : new BasicCredentials(manager);
	}

	@Bean
	@Order(CERTIFICATES)
	@ConditionalOnBooleanProperty("ws.server.security.client-certificate")
	ClientCertificates wsClientCertificates(ListableBeanFactory beans) {
		return new ClientCertificates(beans.getBeanProvider(UserDetailsService.class).getIfUnique());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(BearerTokenAuthenticationToken.class)
	static class BearerConfiguration {

		@Bean
		@Order(BEARER)
		@ConditionalOnBooleanProperty(name = "ws.server.security.bearer", matchIfMissing = true)
		@ConditionalOnMissingBean
		@Nullable BearerTokens wsBearerTokens(ListableBeanFactory beans, WsServerProperties properties) {
			AuthenticationManager manager = new SecurityBeans(beans, properties.handshake().timeout())
				.manager(BearerTokenAuthenticationToken.class);
			return (manager == null) ? null : new BearerTokens(manager, properties.security().tokenInQuery(),
					properties.security().tokenInSubprotocol());
		}

	}

}
