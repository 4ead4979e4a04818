package io.wsboot.spring.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Chooses names and keys of observed callbacks. A bean of this type replaces
 * {@link DefaultWsCallbackObservationConvention}.
 */
public interface WsCallbackObservationConvention extends ObservationConvention<WsCallbackObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof WsCallbackObservationContext;
	}

}
