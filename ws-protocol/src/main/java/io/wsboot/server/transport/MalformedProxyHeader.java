package io.wsboot.server.transport;

import java.io.IOException;

/**
 * Thrown when a connection of a trusted proxy does not begin with a header of the PROXY
 * protocol. The exception has no stack trace, as the fault is the peer's.
 */
final class MalformedProxyHeader extends IOException {

	private static final long serialVersionUID = 1L;

	MalformedProxyHeader(String message) {
		super(message);
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
