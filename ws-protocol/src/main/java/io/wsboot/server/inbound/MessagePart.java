package io.wsboot.server.inbound;

import java.nio.ByteBuffer;

/**
 * Part of an incoming message.
 *
 * @param content a {@code String} or a {@code ByteBuffer}
 * @param size payload bytes
 * @param last whether the message ends with it
 */
record MessagePart(Object content, int size, boolean last) {

	/** A copy of what is only lent. */
	static ByteBuffer copy(ByteBuffer payload) {
		return ByteBuffer.allocate(payload.remaining()).put(payload).flip();
	}

}
