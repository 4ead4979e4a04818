package io.wsboot.protocol;

import java.nio.ByteBuffer;

/**
 * Memory for payloads that arrive whole within one {@link ServerProtocol#receive}, shared
 * by all conversations of one thread so that none of them holds any while it is idle. Not
 * thread-safe.
 */
public final class Scratch {

	private static final int MAX_CONTROL_PAYLOAD = 125;

	final byte[] message;

	final byte[] control = new byte[MAX_CONTROL_PAYLOAD];

	private final ByteBuffer messageView;

	private final ByteBuffer controlView = ByteBuffer.wrap(this.control);

	/**
	 * Makes the memory.
	 * @param size bytes for messages: best as many as are received at once
	 */
	public Scratch(int size) {
		this.message = new byte[size];
		this.messageView = ByteBuffer.wrap(this.message);
	}

	/** The bytes from 0 to length, without allocating a buffer for memory of our own. */
	ByteBuffer view(byte[] bytes, int length) {
		if (bytes == this.message) {
			return this.messageView.clear().limit(length);
		}
		if (bytes == this.control) {
			return this.controlView.clear().limit(length);
		}
		return ByteBuffer.wrap(bytes, 0, length);
	}

}
