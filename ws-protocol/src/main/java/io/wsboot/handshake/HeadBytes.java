package io.wsboot.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a head as they come. Holds at most twice as much memory as bytes have
 * come, and nothing before the first one: a client that sends slowly, or nothing, costs
 * what it sent.
 */
final class HeadBytes {

	private static final int FIRST_CAPACITY = 64;

	private static final byte[] NOTHING = {};

	private final int limit;

	private byte[] bytes = NOTHING;

	private int size;

	/**
	 * @param limit how many bytes the caller will append at most
	 */
	HeadBytes(int limit) {
		this.limit = limit;
	}

	int size() {
		return this.size;
	}

	int at(int index) {
		return this.bytes[index] & 0xFF;
	}

	void append(int b) {
		if (this.size == this.bytes.length) {
			long longer = Math.max(FIRST_CAPACITY, 2L * this.size);
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(longer, this.limit));
		}
		this.bytes[this.size++] = (byte) b;
	}

	/** Every byte is one character, also those above ASCII (RFC 9110 §5.5: obs-text). */
	String text(int from, int to) {
		return new String(this.bytes, from, to - from, StandardCharsets.ISO_8859_1);
	}

	int indexOf(char c, int from) {
		int index = from;
		while (this.bytes[index] != (byte) c) {
			index++;
		}
		return index;
	}

	int capacity() {
		return this.bytes.length;
	}

}
