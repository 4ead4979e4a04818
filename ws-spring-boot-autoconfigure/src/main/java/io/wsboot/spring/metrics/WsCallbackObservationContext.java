package io.wsboot.spring.metrics;

import io.micrometer.observation.Observation;
import io.wsboot.WsSession;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;

/** The context of a callback's observation. */
public final class WsCallbackObservationContext extends Observation.Context {

	private final WsSession session;

	private final HandlerCallback callback;

	WsCallbackObservationContext(WsSession session, HandlerCallback callback) {
		this.session = session;
		this.callback = callback;
	}

	/**
	 * Returns the session.
	 * @return the session whose callback is observed
	 */
	public WsSession session() {
		return this.session;
	}

	/**
	 * Returns the observed callback.
	 * @return the callback
	 */
	public HandlerCallback callback() {
		return this.callback;
	}

}
