package io.wsboot.deflate;

import java.util.zip.Inflater;

/**
 * The last 32 KiB of what has been inflated, which compressed data may refer to (RFC 1951
 * §2). Kept outside of zlib, so that zlib's state can serve other conversations between
 * two messages, and begin anew behind a last block. Not thread-safe.
 */
final class SlidingWindow {

	private static final int SIZE = 32 * 1024;

	private static final byte[] NOTHING = {};

	/** As long as what it holds. */
	private byte[] bytes = NOTHING;

	/** Moves on by the bytes from one index to another. */
	void append(byte[] from, int start, int end) {
		int added = Math.min(end - start, SIZE);
		int kept = Math.min(this.bytes.length, SIZE - added);
		if (kept + added > this.bytes.length) {
			byte[] longer = new byte[kept + added];
			System.arraycopy(this.bytes, this.bytes.length - kept, longer, 0, kept);
			this.bytes = longer;
		}
		else {
			System.arraycopy(this.bytes, this.bytes.length - kept, this.bytes, 0, kept);
		}
		System.arraycopy(from, end - added, this.bytes, kept, added);
	}

	/** Lets a fresh zlib state refer to it. */
	void lendTo(Inflater zlib) {
		if (this.bytes.length > 0) {
			zlib.setDictionary(this.bytes);
		}
	}

	boolean isEmpty() {
		return this.bytes.length == 0;
	}

	void clear() {
		this.bytes = NOTHING;
	}

}
