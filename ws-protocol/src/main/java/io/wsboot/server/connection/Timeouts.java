package io.wsboot.server.connection;

import java.time.Duration;

import io.wsboot.server.config.WsServerOptions;

/**
 * The timeouts of all connections of a server, in nanoseconds; {@link Long#MAX_VALUE}
 * means no timeout.
 *
 * @param handshake from the accept to the answer of the handshake
 * @param idle without a byte from the peer, until the session is closed
 * @param pingInterval without a byte from the peer, until the server sends a Ping
 * @param pong from a Ping until the next byte from the peer
 * @param close from the beginning of the closing handshake to the end of the connection
 * @param stall without the socket taking a byte of what waits for the peer
 * @param lifetime from the opening of a session until the session is closed
 */
public record Timeouts(long handshake, long idle, long pingInterval, long pong, long close, long stall, long lifetime) {

	/** The timeouts that the options ask for. */
	public static Timeouts of(WsServerOptions options) {
		return new Timeouts(options.handshake().timeout().toNanos(), orNever(options.idleTimeout()),
				orNever(options.pingInterval()), orNever(options.pongTimeout()), options.closeTimeout().toNanos(),
				orNever(options.outbound().stallTimeout()), orNever(options.maxLifetime()));
	}

	private static long orNever(Duration timeout) {
		return timeout.isZero() ? Deadlines.NEVER : timeout.toNanos();
	}

}
