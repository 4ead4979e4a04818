package io.wsboot.server.config;

import java.time.Duration;

import io.wsboot.server.address.PathTemplate;
import org.jspecify.annotations.Nullable;

import static io.wsboot.server.config.InvalidOptionException.require;
import static io.wsboot.server.config.InvalidOptionException.requireTime;

/**
 * Limits of the opening handshake, and the path of probes. A value out of its range makes
 * a constructor throw an {@link InvalidOptionException}.
 *
 * @param timeout how long a handshake may take, from accepting the connection to the
 * answer; 1 ms or more, at most 36,500 days
 * @param maxRequestLine bytes of the request line, 16 or more; a longer line is answered
 * with 414
 * @param maxHeadersSize bytes of all header lines together, 64 or more; bigger headers
 * are answered with 431
 * @param maxHeaders number of header lines, 8 or more; more lines are answered with 431
 * @param healthPath the path at which probes of load balancers are answered: with 200, or
 * with 503 while the server drains or one of its event loops is stuck. An absolute path
 * without variables that no endpoint has; null = none
 */
public record HandshakeOptions(Duration timeout, int maxRequestLine, int maxHeadersSize, int maxHeaders,
		@Nullable String healthPath) {

	/** 10 s; a request line of 8 KiB, 100 header lines of 8 KiB; no health path. */
	public static final HandshakeOptions DEFAULTS = new HandshakeOptions(Duration.ofSeconds(10), 8192, 8192, 100);

	/**
	 * Options without a health path.
	 * @param timeout how long a handshake may take; 1 ms or more
	 * @param maxRequestLine bytes of the request line, 16 or more
	 * @param maxHeadersSize bytes of all header lines together, 64 or more
	 * @param maxHeaders number of header lines, 8 or more
	 */
	public HandshakeOptions(Duration timeout, int maxRequestLine, int maxHeadersSize, int maxHeaders) {
		this(timeout, maxRequestLine, maxHeadersSize, maxHeaders, null);
	}

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
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
	 * Returns these options with another health path.
	 * @param path the path; null = none
	 * @return the options
	 * @throws InvalidOptionException if the path is not absolute, or has variables or a
	 * query
	 */
	public HandshakeOptions withHealthPath(@Nullable String path) {
		return new HandshakeOptions(this.timeout, this.maxRequestLine, this.maxHeadersSize, this.maxHeaders, path);
	}

}
