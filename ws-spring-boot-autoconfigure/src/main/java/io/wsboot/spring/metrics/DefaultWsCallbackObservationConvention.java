package io.wsboot.spring.metrics;

import io.micrometer.common.KeyValues;
import io.wsboot.spring.metrics.WsObservation.CallbackDetail;
import io.wsboot.spring.metrics.WsObservation.CallbackKey;

/**
 * The default convention: observations are named {@code ws.server.callback} and have the
 * keys of {@link WsObservation.CallbackKey} and {@link WsObservation.CallbackDetail}.
 */
public class DefaultWsCallbackObservationConvention implements WsCallbackObservationConvention {

	/** Creates the convention. */
	public DefaultWsCallbackObservationConvention() {
	}

	@Override
	public String getName() {
		return "ws.server.callback";
	}

	@Override
	public String getContextualName(WsCallbackObservationContext context) {
		return "ws " + WsServerMeters.lower(context.callback()) + " " + context.session().endpoint();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(WsCallbackObservationContext context) {
		return KeyValues.of(CallbackKey.ENDPOINT.withValue(context.session().endpoint()),
				CallbackKey.CALLBACK.withValue(WsServerMeters.lower(context.callback())),
				CallbackKey.OUTCOME.withValue(((context.getError() == null) ? Outcome.SUCCESS : Outcome.ERROR).name()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(WsCallbackObservationContext context) {
		return KeyValues.of(CallbackDetail.SESSION.withValue(context.session().id()));
	}

}
