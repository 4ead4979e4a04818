package io.wsboot.server;

import java.time.Duration;

import static io.wsboot.server.InvalidOptionException.require;
import static io.wsboot.server.InvalidOptionException.requireTime;

/**
 * Limits of the opening handshake.
 *
 * @param timeout from accepting the connection to the answer, absolute; more than zero
 * @param maxRequestLine bytes of the request line, 16 or more; a longer one is answered
 * with 414
 * @param maxHeadersSize bytes of all header lines together, 64 or more; more are answered
 * with 431
 * @param maxHeaders number of header lines, 8 or more; more are answered with 431
 */
public record HandshakeOptions(Duration timeout, int maxRequestLine, int maxHeadersSize, int maxHeaders) {

	/** 10 s, 8 KiB, 8 KiB, 100. */
	public static final HandshakeOptions DEFAULTS = new HandshakeOptions(Duration.ofSeconds(10), 8192, 8192, 100);

	public HandshakeOptions {
		requireTime("handshake.timeout", timeout);
		require(maxRequestLine >= 16, "handshake.max-request-line", maxRequestLine, "must be at least 16 bytes");
		require(maxHeadersSize >= 64, "handshake.max-headers-size", maxHeadersSize, "must be at least 64 bytes");
		require(maxHeaders >= 8, "handshake.max-headers", maxHeaders, "must be at least 8");
	}

}
