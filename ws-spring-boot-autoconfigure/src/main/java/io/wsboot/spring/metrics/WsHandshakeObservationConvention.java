package io.wsboot.spring.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Chooses names and keys of observed handshakes. A bean of this type replaces
 * {@link DefaultWsHandshakeObservationConvention}.
 */
public interface WsHandshakeObservationConvention extends ObservationConvention<WsHandshakeObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof WsHandshakeObservationContext;
	}

}
