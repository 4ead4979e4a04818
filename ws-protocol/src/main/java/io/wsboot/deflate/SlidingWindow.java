package io.wsboot.deflate;

import java.util.Arrays;
import java.util.zip.Inflater;

/**
 * The last 32 KiB of inflated bytes, to which compressed data may refer (RFC 1951 §2).
 * The window is kept outside of zlib, so that a zlib state can serve other connections
 * between two messages, and begin anew behind a last block. Not thread-safe.
 */
final class SlidingWindow {

	private static final int SIZE = 32 * 1024;

	private static final byte[] NOTHING = {};

	/** A ring at full length; a shorter array holds its bytes from index 0. */
	private byte[] bytes = NOTHING;

	private int length;

	/** Index of the next byte. */
	private int end;

	/** Appends the bytes between two indexes of an array. */
	void append(byte[] from, int start, int end) {
		int added = Math.min(end - start, SIZE);
		int needed = Math.min(this.length + added, SIZE);
		if (needed > this.bytes.length) {
			// at first only what is needed, as many a connection has but one message
			int roomy = (this.length == 0) ? needed : Math.min(2 * needed, SIZE);
			this.bytes = Arrays.copyOf(this.bytes, roomy);
		}
		int first = Math.min(added, this.bytes.length - this.end);
		System.arraycopy(from, end - added, this.bytes, this.end, first);
		System.arraycopy(from, end - added + first, this.bytes, 0, added - first);
		this.end = (first < added) ? added - first : this.end + first;
		this.length = needed;
	}

	/** Lets a zlib state that has inflated nothing refer to this window. */
	void lendTo(Inflater zlib) {
		if (this.length == SIZE && this.end < SIZE) {
			zlib.setDictionary(this.bytes, this.end, SIZE - this.end);
		}
		if (this.end > 0) {
			zlib.setDictionary(this.bytes, 0, this.end); // comes behind the other
		}
	}

	/** Bytes of memory that this window holds. */
	int capacity() {
		return this.bytes.length;
	}

	/** Whether no byte has been appended since the last {@link #clear}. */
	boolean isEmpty() {
		return this.length == 0;
	}

	/** Forgets all bytes and frees the memory. */
	void clear() {
		this.bytes = NOTHING;
		this.length = 0;
		this.end = 0;
	}

}
