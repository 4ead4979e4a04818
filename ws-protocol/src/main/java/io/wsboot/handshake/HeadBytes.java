package io.wsboot.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.wsboot.Headers;

/**
 * The bytes of a request's head as they arrive, read one after the other or a run at a
 * time. Holds at most twice as much memory as bytes have arrived, 64 bytes or more from
 * the first one on, and nothing before: a slow or silent client costs what it has sent.
 * Not thread-safe.
 */
final class HeadBytes {

	private static final int FIRST_CAPACITY = 64;

	private static final byte[] NOTHING = {};

	private final int limit;

	private byte[] bytes = NOTHING;

	private int size;

	/** The index behind the byte that was read last. */
	private int position;

	/**
	 * Creates an empty head.
	 * @param limit how many bytes a head may have
	 */
	HeadBytes(int limit) {
		this.limit = limit;
	}

	/** Takes bytes, up to the limit. The head may end before the last one of them. */
	void add(ByteBuffer in) {
		int count = Math.min(in.remaining(), this.limit - this.size);
		if (count > this.bytes.length - this.size) {
			long longer = Math.max(Math.max(FIRST_CAPACITY, 2L * this.size), (long) this.size + count);
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(longer, this.limit));
		}
		in.get(this.bytes, this.size, count);
		this.size += count;
	}

	/** Gives those bytes that were taken last and not read back to their buffer. */
	void giveBack(ByteBuffer in) {
		in.position(in.position() - (this.size - this.position));
		this.size = this.position;
	}

	boolean hasNext() {
		return this.position < this.size;
	}

	/** Reads the next byte, 0 to 255. */
	int next() {
		return this.bytes[this.position++] & 0xFF;
	}

	/** The index of the byte that {@link #next} has returned last. */
	int index() {
		return this.position - 1;
	}

	/**
	 * Skips the run of bytes of some character classes that comes next, but stops at an
	 * index.
	 */
	void skip(int oneOf, long end) {
		this.position = HttpCharacters.endOfRun(oneOf, this.bytes, this.position, (int) Math.min(this.size, end));
	}

	/** The byte at an index, 0 to 255. */
	int at(int index) {
		return this.bytes[index] & 0xFF;
	}

	/**
	 * The bytes of a range as text. Each byte is one character, also above ASCII (RFC
	 * 9110 §5.5: obs-text).
	 */
	String text(int from, int to) {
		return new String(this.bytes, from, to - from, StandardCharsets.ISO_8859_1);
	}

	/** The fields of the header lines that stand in a range. */
	Headers headers(int from, int to) {
		return Headers.ofLines(this.bytes, from, to);
	}

	/** How many bytes the head has so far. */
	int size() {
		return this.size;
	}

	/** How many bytes of memory the head takes. */
	int capacity() {
		return this.bytes.length;
	}

}
