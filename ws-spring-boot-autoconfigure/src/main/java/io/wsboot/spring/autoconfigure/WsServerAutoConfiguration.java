package io.wsboot.spring.autoconfigure;

import io.wsboot.WsSessions;
import io.wsboot.server.spi.WsServerStats;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.WsHandlerRegistry;
import io.wsboot.spring.endpoint.EndpointDiscoverer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link AutoConfiguration Auto-configuration} of the WebSocket server. Exclude this
 * class, or set {@code ws.server.enabled=false}, to start no server.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration",
		"org.springframework.boot.session.autoconfigure.SessionAutoConfiguration" })
@Import({ PropertiesConfiguration.class, ServerConfiguration.class })
public final class WsServerAutoConfiguration {

	// Static, and without anything that makes the server: whoever takes one of these, be
	// it a bean post-processor or what the server itself is made with, gets it at once.

	@Bean
	static CurrentServer wsCurrentServer() {
		return new CurrentServer();
	}

	@Bean
	static WsSessions wsSessions(CurrentServer current) {
		return current.sessions();
	}

	@Bean
	static WsServerStats wsServerStats(CurrentServer current) {
		return current.stats();
	}

	@Bean
	static WsHandlerRegistry wsHandlerRegistry(ObjectProvider<EndpointDiscoverer> discoverer) {
		return new WsHandlerRegistry((bean) -> EndpointConfiguration.registration(discoverer.getIfAvailable(() -> {
			throw new IllegalStateException("there is nothing to register endpoints with: ws.server.enabled is false");
		}).endpoint(bean)));
	}

}
