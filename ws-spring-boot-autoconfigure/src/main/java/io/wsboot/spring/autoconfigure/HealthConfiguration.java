package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.actuate.ServerPlace;
import io.wsboot.spring.actuate.WsHealthIndicator;
import io.wsboot.spring.context.CurrentServer;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Defines the health component {@code ws}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("ws")
class HealthConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "wsHealthIndicator", search = SearchStrategy.CURRENT)
	WsHealthIndicator wsHealthIndicator(CurrentServer current) {
		return new WsHealthIndicator(current::server, () -> new ServerPlace(current.port(), current.isSecure()),
				current::isDraining);
	}

}
