package io.wsboot.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.wsboot.Headers;

/**
 * The bytes of a head as they come, looked at one after the other, or a run at a time.
 * Holds at most twice as much memory as bytes have come, and nothing before the first
 * one: a client that sends slowly, or nothing, costs what it sent.
 */
final class HeadBytes {

	private static final int FIRST_CAPACITY = 64;

	private static final byte[] NOTHING = {};

	private final int limit;

	private byte[] bytes = NOTHING;

	private int size;

	/** Behind the byte that has been looked at last. */
	private int position;

	/**
	 * @param limit how many bytes a head may have
	 */
	HeadBytes(int limit) {
		this.limit = limit;
	}

	/** Takes what comes, though the head may end before. */
	void add(ByteBuffer in) {
		int count = Math.min(in.remaining(), this.limit - this.size);
		if (count > this.bytes.length - this.size) {
			long longer = Math.max(Math.max(FIRST_CAPACITY, 2L * this.size), (long) this.size + count);
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(longer, this.limit));
		}
		in.get(this.bytes, this.size, count);
		this.size += count;
	}

	/** Gives back what has not been looked at of what was taken last. */
	void giveBack(ByteBuffer in) {
		in.position(in.position() - (this.size - this.position));
		this.size = this.position;
	}

	boolean hasNext() {
		return this.position < this.size;
	}

	/** Looks at the next byte. */
	int next() {
		return this.bytes[this.position++] & 0xFF;
	}

	/** The index of the byte that {@link #next} returned last. */
	int index() {
		return this.position - 1;
	}

	/**
	 * Skips those of the next bytes that are of a class, but no further than an index.
	 */
	void skip(int oneOf, long end) {
		this.position = HttpCharacters.endOfRun(oneOf, this.bytes, this.position, (int) Math.min(this.size, end));
	}

	int at(int index) {
		return this.bytes[index] & 0xFF;
	}

	/** Every byte is one character, also those above ASCII (RFC 9110 §5.5: obs-text). */
	String text(int from, int to) {
		return new String(this.bytes, from, to - from, StandardCharsets.ISO_8859_1);
	}

	/** Of header lines. */
	Headers headers(int from, int to) {
		return Headers.ofLines(this.bytes, from, to);
	}

	int size() {
		return this.size;
	}

	int capacity() {
		return this.bytes.length;
	}

}
