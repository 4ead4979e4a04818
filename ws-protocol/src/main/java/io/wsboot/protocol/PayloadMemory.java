package io.wsboot.protocol;

import java.nio.ByteBuffer;

/**
 * Memory of one thread in which payloads arrive, lent to one connection for one
 * {@link ServerProtocol#receive} at a time. Not thread-safe.
 */
final class PayloadMemory {

	private static final int MAX_CONTROL_PAYLOAD = 125;

	/** For the payload of a message, or for a part of one. */
	final byte[] message;

	/** For the payload of a control frame. */
	final byte[] control = new byte[MAX_CONTROL_PAYLOAD];

	/** For compressed bytes on their way to an inflater. */
	final byte[] compressed = new byte[8 * 1024];

	private final SpareArrays spares = new SpareArrays();

	private final ByteBuffer messageView;

	private final ByteBuffer controlView = ByteBuffer.wrap(this.control);

	PayloadMemory(int size) {
		this.message = new byte[size];
		this.messageView = ByteBuffer.wrap(this.message);
	}

	/** Longer arrays, for messages that do not arrive whole. */
	SpareArrays spares() {
		return this.spares;
	}

	/**
	 * Shows the bytes from 0 to length. Allocates no buffer for {@link #message} and
	 * {@link #control}, whose views are valid until the next call.
	 */
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
