package io.wsboot.server.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

import io.wsboot.server.outbound.FragmentedSend;

/**
 * An output stream of one message's payload. Sends a part for each 16 KiB, and waits
 * while there is no room for the part. One thread at a time.
 */
final class MessageOutputStream extends OutputStream {

	private static final int MOST_AT_ONCE = 16 * 1024;

	private final FragmentedSend parts;

	/** Bytes that have not been sent; without memory before the first byte. */
	private ByteBuffer gathered = ByteBuffer.allocate(0);

	/**
	 * A stream of a message that has begun.
	 * @throws IllegalStateException on the thread of an event loop
	 */
	MessageOutputStream(FragmentedSend parts) {
		FragmentedSend.requireWorker();
		this.parts = parts;
	}

	@Override
	public void write(int b) throws IOException {
		makeRoom();
		this.gathered.put((byte) b);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		int from = offset;
		int left = length;
		while (left > 0) {
			makeRoom();
			int count = Math.min(left, this.gathered.remaining());
			this.gathered.put(bytes, from, count);
			from += count;
			left -= count;
		}
	}

	private void makeRoom() throws IOException {
		requireUnfinished();
		if (this.gathered.capacity() == 0) {
			this.gathered = ByteBuffer.allocate(MOST_AT_ONCE);
		}
		else if (!this.gathered.hasRemaining()) {
			send(false);
		}
	}

	private void requireUnfinished() throws IOException {
		if (this.parts.isFinished()) {
			throw new IOException("the message has ended");
		}
	}

	@Override
	public void flush() throws IOException {
		if (this.gathered.position() > 0) {
			requireUnfinished();
			send(false);
		}
	}

	private void send(boolean last) throws IOException {
		try {
			this.parts.sendWaiting(this.gathered.flip(), last);
		}
		finally {
			this.gathered.clear();
		}
	}

	@Override
	public void close() throws IOException {
		if (!this.parts.isFinished()) {
			send(true);
		}
	}

}
