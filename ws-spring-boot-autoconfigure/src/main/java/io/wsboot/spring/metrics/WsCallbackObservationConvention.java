package io.wsboot.spring.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of observed callbacks. A bean of this type takes the place of
 * {@link DefaultWsCallbackObservationConvention}.
 */
public interface WsCallbackObservationConvention extends ObservationConvention<WsCallbackObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof WsCallbackObservationContext;
	}

}
