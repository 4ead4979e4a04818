package io.wsboot.spring.metrics;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a handshake that is observed. Its fields may say which trace it is
 * part of, such as {@code traceparent} does.
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
	 * The path of the endpoint as registered.
	 * @return the template
	 */
	public String endpoint() {
		return this.endpoint;
	}

	/**
	 * The decision.
	 * @return the decision, null if there is none yet or it failed
	 */
	public @Nullable HandshakeDecision decision() {
		return this.decision;
	}

	void decided(@Nullable HandshakeDecision decision) {
		this.decision = decision;
	}

}
