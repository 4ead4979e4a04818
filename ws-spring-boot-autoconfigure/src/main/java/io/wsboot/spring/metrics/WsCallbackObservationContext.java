package io.wsboot.spring.metrics;

import io.micrometer.observation.Observation;
import io.wsboot.WsSession;
import io.wsboot.server.WsServerObserver.HandlerCallback;

/**
 * What is known of a callback that is observed.
 */
public final class WsCallbackObservationContext extends Observation.Context {

	private final WsSession session;

	private final HandlerCallback callback;

	WsCallbackObservationContext(WsSession session, HandlerCallback callback) {
		this.session = session;
		this.callback = callback;
	}

	/**
	 * The session.
	 * @return the session
	 */
	public WsSession session() {
		return this.session;
	}

	/**
	 * Which callback it is.
	 * @return the callback
	 */
	public HandlerCallback callback() {
		return this.callback;
	}

}
