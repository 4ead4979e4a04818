package io.wsboot.spring.autoconfigure;

import io.wsboot.spring.actuate.WsHealthIndicator;
import io.wsboot.spring.context.WsServerLifecycle;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The health component {@code ws}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("ws")
class HealthConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "wsHealthIndicator")
	WsHealthIndicator wsHealthIndicator(WsServerLifecycle lifecycle) {
		return new WsHealthIndicator(lifecycle::server, lifecycle::isDraining);
	}

}
