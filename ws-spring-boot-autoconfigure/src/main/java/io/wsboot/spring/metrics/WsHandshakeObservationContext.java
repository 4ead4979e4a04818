package io.wsboot.spring.metrics;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The context of a handshake's observation. Header fields of the request, such as
 * {@code traceparent}, may name the trace that the handshake continues.
 */
public final class WsHandshakeObservationContext extends ReceiverContext<HandshakeRequest> {

	private final String endpoint;

	private volatile @Nullable HandshakeDecision decision;

	WsHandshakeObservationContext(HandshakeRequest request, String endpoint) {
		super((carrier, key) -> carrier.headers().first(key).orElse(null), Kind.SERVER);
		this.endpoint = endpoint;
		setCarrier(request);
	}

	/**
	 * Returns the endpoint of the handshake.
	 * @return the path of the endpoint, as registered
	 */
	public String endpoint() {
		return this.endpoint;
	}

	/**
	 * Returns the decision about the handshake.
	 * @return the decision, null before the decision or if deciding has failed
	 */
	public @Nullable HandshakeDecision decision() {
		return this.decision;
	}

	void decided(@Nullable HandshakeDecision decision) {
		this.decision = decision;
	}

}
