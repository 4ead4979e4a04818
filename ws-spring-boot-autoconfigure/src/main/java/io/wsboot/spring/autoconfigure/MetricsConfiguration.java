package io.wsboot.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.WsServerStartedEvent;
import io.wsboot.spring.metrics.WsServerMeters;
import io.wsboot.spring.metrics.WsServerStatsMeters;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Defines meters if there is a registry.
 * {@code management.metrics.enable.ws.server=false} turns the meters off.
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
	WsServerStatsMeters wsServerStatsMeters(MeterRegistry registry, CurrentServer current) {
		return new WsServerStatsMeters(registry, current::server);
	}

	@Bean
	ApplicationListener<WsServerStartedEvent> wsServerStatsMetersRegistration(WsServerStatsMeters meters,
			CurrentServer current) {
		return new StatsMetersRegistration(meters, current);
	}

	/** A class, as a lambda would not tell Spring the type of its event. */
	record StatsMetersRegistration(WsServerStatsMeters meters,
			CurrentServer current) implements ApplicationListener<WsServerStartedEvent> {

		@Override
		public void onApplicationEvent(WsServerStartedEvent event) {
			if (event.server() == this.current.server()) { // not that of a child context
				this.meters.register(event.server().stats());
			}
		}

	}

}
