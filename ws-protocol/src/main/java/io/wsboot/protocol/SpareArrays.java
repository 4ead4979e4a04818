package io.wsboot.protocol;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Large arrays that messages have been gathered in, kept for the next ones: making one
 * means to zero it, and growing into it to copy what has arrived. A message may have one
 * that is as long as was declared though little has arrived yet, so those that are lent
 * count too: all together they never hold more than a fixed number of bytes. Not
 * thread-safe.
 */
final class SpareArrays {

	/** Shorter ones are not worth it. */
	static final int SHORTEST = 128 * 1024;

	/**
	 * Bytes in all, lent or not: 8 MiB, or less where the heap is small, of which one
	 * such number for each processor is to be a 64th at most.
	 */
	static final int MOST = (int) Math.min(8 * 1024 * 1024,
			Runtime.getRuntime().maxMemory() / 64 / Runtime.getRuntime().availableProcessors());

	private final List<byte[]> idle = new ArrayList<>();

	private int held;

	private boolean used;

	/** The shortest that is long enough; null if there is none. */
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

	/** Takes one back. */
	void giveBack(byte[] lent) {
		this.idle.add(lent);
	}

	/** Takes one that has been made, if there is room for it. */
	void keep(byte[] made) {
		if (made.length >= SHORTEST && made.length <= MOST - this.held) {
			this.held += made.length;
			this.used = true;
			this.idle.add(made);
		}
	}

	/** Lets go of those that are not lent, if none was wanted since the last time. */
	void tidy() {
		if (!this.used) {
			this.idle.forEach((array) -> this.held -= array.length);
			this.idle.clear();
		}
		this.used = false;
	}

	/** Bytes, lent or not. */
	int held() {
		return this.held;
	}

}
