package io.wsboot.spring.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed of the server. Low-cardinality keys take their values from endpoint
 * templates, statuses and enums only, as tags of meters do.
 */
public enum WsObservation implements ObservationDocumentation {

	/**
	 * An opening handshake, from the endpoint's first interceptor to the decision. A
	 * trace that the request is part of goes on in it.
	 */
	HANDSHAKE {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultWsHandshakeObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return HandshakeKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HandshakeDetail.values();
		}

	},

	/**
	 * One callback of an endpoint, such as for a message: a child of the handshake that
	 * opened the session.
	 */
	CALLBACK {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultWsCallbackObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return CallbackKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return CallbackDetail.values();
		}

	};

	/** Tags of a handshake. */
	public enum HandshakeKey implements KeyName {

		/** The endpoint's path as registered. */
		ENDPOINT {

			@Override
			public String asString() {
				return "endpoint";
			}

		},

		/** {@code SUCCESS}, {@code CLIENT_ERROR} or {@code SERVER_ERROR}. */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		},

		/** The status of the answer, {@code UNKNOWN} until there is one. */
		STATUS {

			@Override
			public String asString() {
				return "status";
			}

		}

	}

	/** What only traces can bear of a handshake. */
	public enum HandshakeDetail implements KeyName {

		/** The path that was asked for, without the query, which may hold secrets. */
		PATH {

			@Override
			public String asString() {
				return "path";
			}

		}

	}

	/** Tags of a callback. */
	public enum CallbackKey implements KeyName {

		/** The endpoint's path as registered. */
		ENDPOINT {

			@Override
			public String asString() {
				return "endpoint";
			}

		},

		/** Which callback, such as {@code text}. */
		CALLBACK {

			@Override
			public String asString() {
				return "callback";
			}

		},

		/** {@code SUCCESS}, or {@code ERROR} if it threw. */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/** What only traces can bear of a callback. */
	public enum CallbackDetail implements KeyName {

		/** The session's id. */
		SESSION {

			@Override
			public String asString() {
				return "session.id";
			}

		}

	}

}
