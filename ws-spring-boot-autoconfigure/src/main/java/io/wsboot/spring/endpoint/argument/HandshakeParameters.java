package io.wsboot.spring.endpoint.argument;

import org.jspecify.annotations.Nullable;

/**
 * The values that the callbacks of one endpoint take from a handshake. They are converted
 * once, at the handshake, and are kept in an attribute of the session.
 */
public final class HandshakeParameters {

	/** The name of the session attribute that holds the values. */
	public static final String ATTRIBUTE = HandshakeParameters.class.getName();

	private final @Nullable Object[] values;

	HandshakeParameters(@Nullable Object[] values) {
		this.values = values;
	}

	@Nullable Object get(int index) {
		return this.values[index];
	}

}
