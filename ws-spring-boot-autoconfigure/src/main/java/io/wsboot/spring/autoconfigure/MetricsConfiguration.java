package io.wsboot.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.wsboot.spring.context.WsServerLifecycle;
import io.wsboot.spring.context.WsServerStartedEvent;
import io.wsboot.spring.metrics.WsServerMeters;
import io.wsboot.spring.metrics.WsServerStatsMeters;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Meters, if there is a registry for them. {@code management.metrics.enable.ws.server}
 * turns them off.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
class MetricsConfiguration {

	@Bean
	WsServerMeters wsServerMeters(MeterRegistry registry) {
		return new WsServerMeters(registry);
	}

	@Bean
	WsServerStatsMeters wsServerStatsMeters(MeterRegistry registry, WsServerLifecycle lifecycle) {
		return new WsServerStatsMeters(registry, lifecycle::server);
	}

	@Bean
	ApplicationListener<WsServerStartedEvent> wsServerStatsMetersRegistration(WsServerStatsMeters meters) {
		return new StatsMetersRegistration(meters);
	}

	/** Not a lambda, which would not say what kind of event it takes. */
	record StatsMetersRegistration(WsServerStatsMeters meters) implements ApplicationListener<WsServerStartedEvent> {

		@Override
		public void onApplicationEvent(WsServerStartedEvent event) {
			this.meters.register(event.server().stats());
		}

	}

}
