package io.wsboot.deflate;

import java.util.Arrays;
import java.util.zip.Inflater;

/**
 * The last 32 KiB of what has been inflated, which compressed data may refer to (RFC 1951
 * §2). Kept outside of zlib, so that zlib's state can serve other conversations between
 * two messages, and begin anew behind a last block. Not thread-safe.
 */
final class SlidingWindow {

	private static final int SIZE = 32 * 1024;

	private static final byte[] NOTHING = {};

	/** A ring once it is as long as can be; until then what it holds is from 0 on. */
	private byte[] bytes = NOTHING;

	private int length;

	/** Where the next byte goes. */
	private int end;

	/** Moves on by the bytes from one index to another. */
	void append(byte[] from, int start, int end) {
		int added = Math.min(end - start, SIZE);
		int needed = Math.min(this.length + added, SIZE);
		if (needed > this.bytes.length) {
			// at first only what is needed, as many a conversation has but one message
			int roomy = (this.length == 0) ? needed : Math.min(2 * needed, SIZE);
			this.bytes = Arrays.copyOf(this.bytes, roomy);
		}
		int first = Math.min(added, this.bytes.length - this.end);
		System.arraycopy(from, end - added, this.bytes, this.end, first);
		System.arraycopy(from, end - added + first, this.bytes, 0, added - first);
		this.end = (first < added) ? added - first : this.end + first;
		this.length = needed;
	}

	/** Lets a fresh zlib state refer to it. */
	void lendTo(Inflater zlib) {
		if (this.length == SIZE && this.end < SIZE) {
			zlib.setDictionary(this.bytes, this.end, SIZE - this.end);
		}
		if (this.end > 0) {
			zlib.setDictionary(this.bytes, 0, this.end); // comes behind the other
		}
	}

	/** Memory that it holds. */
	int capacity() {
		return this.bytes.length;
	}

	boolean isEmpty() {
		return this.length == 0;
	}

	void clear() {
		this.bytes = NOTHING;
		this.length = 0;
		this.end = 0;
	}

}
