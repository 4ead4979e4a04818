package io.wsboot.spring.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * The path and query parameters that an endpoint's callbacks take, converted once, at the
 * handshake, and kept with the session for as long as it lives.
 */
final class HandshakeParameters {

	/** The session attribute that holds them. */
	static final String ATTRIBUTE = HandshakeParameters.class.getName();

	private final @Nullable Object[] values;

	HandshakeParameters(@Nullable Object[] values) {
		this.values = values;
	}

	@Nullable Object get(int index) {
		return this.values[index];
	}

}
