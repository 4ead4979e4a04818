package io.wsboot.server.connection;

import java.time.Duration;

import io.wsboot.server.config.WsServerOptions;

/**
 * How long connections may take for what, in nanoseconds; {@link Long#MAX_VALUE} = for
 * ever. Shared by all connections of a server.
 *
 * @param handshake for the request, from the first moment on
 * @param idle without a byte from the peer
 * @param pingInterval without a byte from the peer until it is sent a Ping
 * @param pong for the answer to that
 * @param close for the end of the connection, once it is closing
 * @param stall without taking a byte of what waits
 * @param lifetime from the opening on
 */
public record Timeouts(long handshake, long idle, long pingInterval, long pong, long close, long stall, long lifetime) {

	public static Timeouts of(WsServerOptions options) {
		return new Timeouts(options.handshake().timeout().toNanos(), orNever(options.idleTimeout()),
				orNever(options.pingInterval()), orNever(options.pongTimeout()), options.closeTimeout().toNanos(),
				orNever(options.outbound().stallTimeout()), orNever(options.maxLifetime()));
	}

	private static long orNever(Duration timeout) {
		return timeout.isZero() ? Deadlines.NEVER : timeout.toNanos();
	}

}
