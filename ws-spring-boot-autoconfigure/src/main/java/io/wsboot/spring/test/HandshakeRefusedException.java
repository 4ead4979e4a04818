package io.wsboot.spring.test;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * Thrown when the server answers the handshake of a {@link WsTestClient} with another
 * status than 101.
 */
public final class HandshakeRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** The HTTP status. */
	private final int status;

	private final transient HttpHeaders headers;

	HandshakeRefusedException(URI uri, int status, HttpHeaders headers) {
		super("the server answered the handshake for " + uri + " with " + status);
		this.status = status;
		this.headers = headers;
	}

	/**
	 * Returns the HTTP status.
	 * @return the status, such as 403
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Returns the first value of a header field of the answer.
	 * @param name the name of the field, in any case of letters
	 * @return the value, empty if there is no such field
	 */
	public Optional<String> header(String name) {
		return this.headers.firstValue(name);
	}

}
