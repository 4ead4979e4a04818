package io.wsboot.spring.endpoint.argument;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's callbacks take from the handshake, converted once, at the handshake,
 * and kept with the session for as long as it lives.
 */
public final class HandshakeParameters {

	/** The session attribute that holds them. */
	public static final String ATTRIBUTE = HandshakeParameters.class.getName();

	private final @Nullable Object[] values;

	HandshakeParameters(@Nullable Object[] values) {
		this.values = values;
	}

	@Nullable Object get(int index) {
		return this.values[index];
	}

}
