package io.wsboot.server.session;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The payload of the server's own Pings: the time of sending, masked so that a peer
 * cannot answer before a Ping arrives. A Pong carries the payload of the Ping that it
 * answers (RFC 6455 §5.5.3).
 */
final class PingPayload {

	private static final long MASK = new SecureRandom().nextLong();

	private PingPayload() {
	}

	/**
	 * The payload of a Ping.
	 * @param sent the time of sending, in nanoseconds
	 */
	static ByteBuffer of(long sent) {
		return ByteBuffer.allocate(Long.BYTES).putLong(sent ^ MASK).flip();
	}

	/**
	 * Whether a Pong answers a Ping of the server.
	 * @param sent when the Ping was sent, in nanoseconds
	 * @param payload the payload of the Pong
	 */
	static boolean isOf(long sent, ByteBuffer payload) {
		return payload.remaining() == Long.BYTES && payload.getLong(0) == (sent ^ MASK);
	}

}
