package io.wsboot.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import static io.wsboot.server.InvalidOptionException.require;
import static io.wsboot.server.InvalidOptionException.requireTime;

/**
 * The opening handshake, and what else is asked for in HTTP.
 *
 * @param timeout from accepting the connection to the answer, absolute; more than zero
 * @param maxRequestLine bytes of the request line, 16 or more; a longer one is answered
 * with 414
 * @param maxHeadersSize bytes of all header lines together, 64 or more; more are answered
 * with 431
 * @param maxHeaders number of header lines, 8 or more; more are answered with 431
 * @param healthPath path at which probes of load balancers are answered with 200, and
 * with 503 while the server drains; absolute and without variables, no endpoint's. Null =
 * none
 */
public record HandshakeOptions(Duration timeout, int maxRequestLine, int maxHeadersSize, int maxHeaders,
		@Nullable String healthPath) {

	/** 10 s, 8 KiB, 8 KiB, 100. */
	public static final HandshakeOptions DEFAULTS = new HandshakeOptions(Duration.ofSeconds(10), 8192, 8192, 100);

	/**
	 * No health path.
	 * @param timeout from accepting the connection to the answer
	 * @param maxRequestLine bytes of the request line
	 * @param maxHeadersSize bytes of all header lines together
	 * @param maxHeaders number of header lines
	 */
	public HandshakeOptions(Duration timeout, int maxRequestLine, int maxHeadersSize, int maxHeaders) {
		this(timeout, maxRequestLine, maxHeadersSize, maxHeaders, null);
	}

	public HandshakeOptions {
		requireTime("handshake.timeout", timeout);
		require(maxRequestLine >= 16, "handshake.max-request-line", maxRequestLine, "must be at least 16 bytes");
		require(maxHeadersSize >= 64, "handshake.max-headers-size", maxHeadersSize, "must be at least 64 bytes");
		require(maxHeaders >= 8, "handshake.max-headers", maxHeaders, "must be at least 8");
		if (healthPath != null) {
			require(isLiteral(healthPath), "health-path", healthPath,
					"must be an absolute path without variables and query, such as /healthz");
		}
	}

	private static boolean isLiteral(String path) {
		try {
			return PathTemplate.parse(path).isLiteral();
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * The same with a path for probes.
	 * @param path the path; null = none
	 * @return the options
	 * @throws InvalidOptionException if it is no path that can be
	 */
	public HandshakeOptions withHealthPath(@Nullable String path) {
		return new HandshakeOptions(this.timeout, this.maxRequestLine, this.maxHeadersSize, this.maxHeaders, path);
	}

}
