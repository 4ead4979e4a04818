package io.wsboot.spring.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * Documents the observations of the server. Low-cardinality keys take their values only
 * from endpoint templates, statuses and enums, as tags of meters do.
 */
public enum WsObservation implements ObservationDocumentation {

	/**
	 * An opening handshake, from the endpoint's first interceptor to the decision. The
	 * observation continues the trace that the request belongs to.
	 */
	HANDSHAKE(DefaultWsHandshakeObservationConvention.class, HandshakeKey.values(), HandshakeDetail.values()),

	/**
	 * One callback of an endpoint, such as for a message: a child of the handshake that
	 * opened the session.
	 */
	CALLBACK(DefaultWsCallbackObservationConvention.class, CallbackKey.values(), CallbackDetail.values());

	private final Class<? extends ObservationConvention<? extends Observation.Context>> defaultConvention;

	private final KeyName[] keys;

	private final KeyName[] details;

	WsObservation(Class<? extends ObservationConvention<? extends Observation.Context>> defaultConvention,
			KeyName[] keys, KeyName[] details) {
		this.defaultConvention = defaultConvention;
		this.keys = keys;
		this.details = details;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return this.defaultConvention;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return this.keys.clone();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return this.details.clone();
	}

	/** Low-cardinality keys of a handshake, which are tags of meters too. */
	public enum HandshakeKey implements KeyName {

		/** The endpoint's path, as registered. */
		ENDPOINT,

		/** {@code SUCCESS}, {@code CLIENT_ERROR} or {@code SERVER_ERROR}. */
		OUTCOME,

		/** The status of the answer; {@code UNKNOWN} before the decision. */
		STATUS;

		@Override
		public String asString() {
			return WsServerMeters.lower(this);
		}

	}

	/** High-cardinality keys of a handshake, for traces only. */
	public enum HandshakeDetail implements KeyName {

		/** The requested path without the query, which may hold secrets. */
		PATH;

		@Override
		public String asString() {
			return WsServerMeters.lower(this);
		}

	}

	/** Low-cardinality keys of a callback, which are tags of meters too. */
	public enum CallbackKey implements KeyName {

		/** The endpoint's path, as registered. */
		ENDPOINT,

		/** The callback, such as {@code text}. */
		CALLBACK,

		/** {@code SUCCESS}, or {@code ERROR} if the callback threw. */
		OUTCOME;

		@Override
		public String asString() {
			return WsServerMeters.lower(this);
		}

	}

	/** High-cardinality keys of a callback, for traces only. */
	public enum CallbackDetail implements KeyName {

		/** The session's id. */
		SESSION;

		@Override
		public String asString() {
			return "session.id";
		}

	}

}
