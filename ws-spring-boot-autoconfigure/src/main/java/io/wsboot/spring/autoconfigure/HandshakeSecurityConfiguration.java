package io.wsboot.spring.autoconfigure;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.wsboot.spring.context.RoutedPaths;
import io.wsboot.spring.context.WsHandlerRegistration;
import io.wsboot.spring.context.WsServerPlacement;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Secures handshakes and callbacks. The application does not start if clients have no way
 * to authenticate, unless all endpoints are open to anybody, or clients can only come
 * through a web server.
 */
@Configuration(proxyBeanMethods = false)
class HandshakeSecurityConfiguration {

	/** The application's own rules, or else those that the properties make. */
	private static EndpointAuthorization rules(ObjectProvider<EndpointAuthorization> own,
			WsServerProperties properties) {
		return own.getIfAvailable(() -> permitting(properties.security().permitAll().toArray(new String[0])));
	}

	private static EndpointAuthorization permitting(String... endpoints) {
		return EndpointAuthorization.builder().endpoints(endpoints).permitAll().build();
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
			ObjectProvider<EndpointAuthorization> own, SecuredSessions sessions, WsServerProperties properties) {
		return new HandshakeSecurity(ways.orderedStream().toList(), rules(own, properties),
				own.getIfAvailable(() -> permitting("/**")), sessions);
	}

	@Bean
	SecurityContextInterceptor wsSecurityContextInterceptor(SecuredSessions sessions) {
		return new SecurityContextInterceptor(sessions);
	}

	@Bean
	SmartInitializingSingleton wsEndpointAuthorizationCheck(ObjectProvider<EndpointAuthorization> own,
			HandshakeSecurity security, EndpointDiscoverer endpoints, ListableBeanFactory beans,
			WsServerProperties properties, WsServerPlacement placement, ObjectProvider<RoutedPaths> routed) {
		return () -> {
			EndpointAuthorization authorization = rules(own, properties);
			List<String> paths = EndpointConfiguration.handlers(endpoints, beans)
				.stream()
				.map(WsHandlerRegistration::path)
				.toList();
			authorization.check(
					Stream.concat(paths.stream(), routed.stream().map(RoutedPaths::paths).flatMap(Collection::stream))
						.toList());
			List<String> closed = (security.canAuthenticate() || !placement.isListening()) ? List.of()
					: authorization.askingWho(paths);
			if (!closed.isEmpty()) {
				throw new NoAuthenticationException(closed,
						new UnusedAuthentication(beans, properties.security()).findings());
			}
		};
	}

}
