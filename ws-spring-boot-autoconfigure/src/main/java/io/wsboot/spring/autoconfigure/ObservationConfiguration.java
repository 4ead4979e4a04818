package io.wsboot.spring.autoconfigure;

import java.util.Set;

import io.micrometer.observation.ObservationRegistry;
import io.wsboot.spring.metrics.CallbackObservations;
import io.wsboot.spring.metrics.HandshakeObservations;
import io.wsboot.spring.metrics.WsCallbackObservationConvention;
import io.wsboot.spring.metrics.WsHandshakeObservationConvention;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Defines observations of handshakes and callbacks if there is a registry. Observations
 * surround all other interceptors.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@Conditional(OnObservationsWanted.class)
class ObservationConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	HandshakeObservations wsHandshakeObservations(ObservationRegistry registry,
			ObjectProvider<WsHandshakeObservationConvention> convention, WsServerProperties properties) {
		return new HandshakeObservations(registry, convention.getIfAvailable(), excluded(properties));
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	CallbackObservations wsCallbackObservations(ObservationRegistry registry,
			ObjectProvider<WsCallbackObservationConvention> convention, WsServerProperties properties) {
		return new CallbackObservations(registry, convention.getIfAvailable(), excluded(properties));
	}

	private static Set<String> excluded(WsServerProperties properties) {
		return Set.copyOf(properties.observations().excludedEndpoints());
	}

}
