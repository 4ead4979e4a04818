package io.wsboot.server.inbound;

import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Part of an incoming message.
 *
 * @param content a {@code String} or a {@code ByteBuffer}
 * @param size payload bytes
 * @param last whether the message ends with it
 */
record MessagePart(Object content, int size, boolean last) {

	/** Copies a buffer that is only lent. */
	static ByteBuffer copy(@Nullable Object lent) {
		ByteBuffer payload = (ByteBuffer) Objects.requireNonNull(lent);
		return ByteBuffer.allocate(payload.remaining()).put(payload).flip();
	}

}
