package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.actuate.WebSocketsEndpoint;
import io.wsboot.spring.context.WsServerLifecycle;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The actuator endpoint {@code websockets}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(WebSocketsEndpoint.class)
class WebSocketsEndpointConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WebSocketsEndpoint webSocketsEndpoint(WsServerLifecycle lifecycle) {
		return new WebSocketsEndpoint(lifecycle::server, lifecycle::isDraining);
	}

}
