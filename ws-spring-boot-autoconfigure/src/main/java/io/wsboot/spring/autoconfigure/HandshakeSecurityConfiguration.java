package io.wsboot.spring.autoconfigure;

import java.time.Clock;
import java.util.List;

import io.wsboot.spring.context.WsHandlerRegistration;
import io.wsboot.spring.endpoint.EndpointDiscoverer;
import io.wsboot.spring.security.EndpointAuthorization;
import io.wsboot.spring.security.HandshakeAuthentication;
import io.wsboot.spring.security.HandshakeSecurity;
import io.wsboot.spring.security.NoAuthenticationException;
import io.wsboot.spring.security.SecuredSessions;
import io.wsboot.spring.security.SecurityContextInterceptor;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Secures handshakes and callbacks. The application does not start if clients have no way
 * to authenticate, unless all endpoints are open to anybody.
 */
@Configuration(proxyBeanMethods = false)
class HandshakeSecurityConfiguration {

	@Bean
	@Fallback
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	EndpointAuthorization wsEndpointAuthorization(WsServerProperties properties) {
		return EndpointAuthorization.builder()
			.endpoints(properties.security().permitAll().toArray(new String[0]))
			.permitAll()
			.build();
	}

	@Bean
	SecuredSessions wsSecuredSessions(WsServerProperties properties,
			ObjectProvider<SecurityContextHolderStrategy> holder) {
		return new SecuredSessions(holder.getIfAvailable(SecurityContextHolder::getContextHolderStrategy),
				PropertiesMapping.closeStatus("security.expiry-close-code", properties.security().expiryCloseCode(),
						"authentication expired"),
				Clock.systemUTC());
	}

	@Bean
	HandshakeSecurity wsHandshakeSecurity(ObjectProvider<HandshakeAuthentication> ways,
			EndpointAuthorization authorization, SecuredSessions sessions) {
		return new HandshakeSecurity(ways.orderedStream().toList(), authorization, sessions);
	}

	@Bean
	SecurityContextInterceptor wsSecurityContextInterceptor(SecuredSessions sessions) {
		return new SecurityContextInterceptor(sessions);
	}

	@Bean
	SmartInitializingSingleton wsEndpointAuthorizationCheck(EndpointAuthorization authorization,
			HandshakeSecurity security, EndpointDiscoverer endpoints, ListableBeanFactory beans,
			WsServerProperties properties) {
		return () -> {
			List<String> paths = EndpointConfiguration.handlers(endpoints, beans)
				.stream()
				.map(WsHandlerRegistration::path)
				.toList();
			authorization.check(paths);
			List<String> closed = security.canAuthenticate() ? List.of() : authorization.askingWho(paths);
			if (!closed.isEmpty()) {
				throw new NoAuthenticationException(closed,
						new UnusedAuthentication(beans, properties.security()).findings());
			}
		};
	}

}
