package io.wsboot.server.inbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * An incoming binary message, read while it arrives.
 */
final class BinaryStream extends InputStream {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final InboundStream message;

	private ByteBuffer part = NOTHING;

	BinaryStream(InboundStream message) {
		this.message = message;
	}

	@Override
	public int read() throws IOException {
		return hasNext() ? this.part.get() & 0xFF : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (length == 0) {
			return 0;
		}
		if (!hasNext()) {
			return -1;
		}
		int count = Math.min(length, this.part.remaining());
		this.part.get(bytes, offset, count);
		return count;
	}

	private boolean hasNext() throws IOException {
		while (!this.part.hasRemaining()) {
			MessagePart next = this.message.take();
			if (next == null) {
				return false;
			}
			this.part = (ByteBuffer) next.content();
		}
		return true;
	}

	@Override
	public int available() {
		return this.part.remaining();
	}

	@Override
	public void close() {
		this.part = NOTHING;
		this.message.close();
	}

}
