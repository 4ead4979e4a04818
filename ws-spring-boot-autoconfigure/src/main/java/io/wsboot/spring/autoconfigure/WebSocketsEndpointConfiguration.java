package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.actuate.ServerPlace;
import io.wsboot.spring.actuate.WebSocketsEndpoint;
import io.wsboot.spring.context.CurrentServer;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Defines the actuator endpoint {@code websockets}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(WebSocketsEndpoint.class)
class WebSocketsEndpointConfiguration {

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	WebSocketsEndpoint webSocketsEndpoint(CurrentServer current) {
		return new WebSocketsEndpoint(current::server, () -> new ServerPlace(current.port(), current.isSecure()),
				current::isDraining);
	}

}
