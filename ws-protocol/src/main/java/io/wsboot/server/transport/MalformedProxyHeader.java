package io.wsboot.server.transport;

import java.io.IOException;

/**
 * A connection does not begin with a header of the PROXY protocol although it must. Has
 * no stack trace: it tells of the peer, not of our code.
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
