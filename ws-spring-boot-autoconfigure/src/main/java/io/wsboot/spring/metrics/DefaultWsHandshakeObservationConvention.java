package io.wsboot.spring.metrics;

import io.micrometer.common.KeyValues;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.spring.metrics.WsObservation.HandshakeDetail;
import io.wsboot.spring.metrics.WsObservation.HandshakeKey;
import org.jspecify.annotations.Nullable;

/**
 * The default convention: observations are named {@code ws.server.upgrade} and have the
 * keys of {@link WsObservation.HandshakeKey} and {@link WsObservation.HandshakeDetail}.
 */
public class DefaultWsHandshakeObservationConvention implements WsHandshakeObservationConvention {

	/** Creates the convention. */
	public DefaultWsHandshakeObservationConvention() {
	}

	@Override
	public String getName() {
		return "ws.server.upgrade";
	}

	@Override
	public String getContextualName(WsHandshakeObservationContext context) {
		return "ws upgrade " + context.endpoint();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(WsHandshakeObservationContext context) {
		int status = status(context);
		return KeyValues.of(HandshakeKey.ENDPOINT.withValue(context.endpoint()),
				HandshakeKey.OUTCOME.withValue((status == 0) ? "UNKNOWN" : Outcome.ofStatus(status).name()),
				HandshakeKey.STATUS.withValue((status == 0) ? "UNKNOWN" : Integer.toString(status)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(WsHandshakeObservationContext context) {
		HandshakeRequest request = context.getCarrier();
		return (request == null) ? KeyValues.empty() : KeyValues.of(HandshakeDetail.PATH.withValue(request.path()));
	}

	/** The status of the answer; 0 before the decision. */
	private static int status(WsHandshakeObservationContext context) {
		@Nullable HandshakeDecision decision = context.decision();
		if (decision == null) {
			return (context.getError() != null) ? 500 : 0;
		}
		return (decision instanceof Refuse refuse) ? refuse.status() : 101;
	}

}
