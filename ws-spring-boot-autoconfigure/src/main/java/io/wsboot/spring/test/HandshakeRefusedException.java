package io.wsboot.spring.test;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * The server has answered a {@link WsTestClient}'s handshake with something else than
 * 101.
 */
public final class HandshakeRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final transient HttpHeaders headers;

	HandshakeRefusedException(URI uri, int status, HttpHeaders headers) {
		super("the server answered the handshake for " + uri + " with " + status);
		this.status = status;
		this.headers = headers;
	}

	/**
	 * The HTTP status.
	 * @return such as 403
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The first value of a header field of the answer.
	 * @param name its name, in any case of letters
	 * @return the value, or nothing if there is no such field
	 */
	public Optional<String> header(String name) {
		return this.headers.firstValue(name);
	}

}
