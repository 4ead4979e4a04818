package io.wsboot.protocol;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Large arrays that earlier messages were gathered in, kept for later messages: a new
 * array must be zeroed, and an array that grows is copied. A message may borrow an array
 * of the length that was declared, though few bytes have arrived. So arrays that are lent
 * count too: all arrays together never hold more than a fixed number of bytes. Not
 * thread-safe.
 */
final class SpareArrays {

	/** The length in bytes below which keeping an array is not worth it. */
	static final int SHORTEST = 128 * 1024;

	/**
	 * The most bytes of all arrays, lent or not: 8 MiB, or less on a small heap, so that
	 * the arrays of as many threads as there are processors fill a 64th of the heap at
	 * most.
	 */
	static final int MOST = (int) Math.min(8 * 1024 * 1024,
			Runtime.getRuntime().maxMemory() / 64 / Runtime.getRuntime().availableProcessors());

	private final List<byte[]> idle = new ArrayList<>();

	private int held;

	private boolean used;

	/** Lends the shortest array that is long enough; null if there is none. */
	byte @Nullable [] lend(long length) {
		if (length < SHORTEST || this.idle.isEmpty()) {
			return null;
		}
		int best = -1;
		for (int i = 0; i < this.idle.size(); i++) {
			int found = this.idle.get(i).length;
			if (found >= length && (best < 0 || found < this.idle.get(best).length)) {
				best = i;
			}
		}
		this.used |= best >= 0;
		return (best < 0) ? null : this.idle.remove(best);
	}

	/** Takes a lent array back. */
	void giveBack(byte[] lent) {
		this.idle.add(lent);
	}

	/** Keeps an array that a message has made, if there is room for it. */
	void keep(byte[] made) {
		if (made.length >= SHORTEST && made.length <= MOST - this.held) {
			this.held += made.length;
			this.used = true;
			this.idle.add(made);
		}
	}

	/**
	 * Frees the arrays that are not lent, if none was lent or kept since the last call.
	 */
	void tidy() {
		if (!this.used) {
			this.idle.forEach((array) -> this.held -= array.length);
			this.idle.clear();
		}
		this.used = false;
	}

	/** Bytes of all arrays, lent or not. */
	int held() {
		return this.held;
	}

}
