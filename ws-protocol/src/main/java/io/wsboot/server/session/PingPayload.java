package io.wsboot.server.session;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The payload of the server's own Pings: the time of sending, masked so that no peer can
 * foretell the payload, and answer before the Ping arrives. A Pong repeats the payload of
 * the Ping that it answers (RFC 6455 §5.5.3).
 */
final class PingPayload {

	private static final long MASK = new SecureRandom().nextLong();

	private PingPayload() {
	}

	/** The payload of a Ping that is sent at a time in nanoseconds. */
	static ByteBuffer of(long sent) {
		return ByteBuffer.allocate(Long.BYTES).putLong(sent ^ MASK).flip();
	}

	/** Whether the payload of a Pong answers the Ping that was sent at a time. */
	static boolean isOf(long sent, ByteBuffer payload) {
		return payload.remaining() == Long.BYTES && payload.getLong(0) == (sent ^ MASK);
	}

}
