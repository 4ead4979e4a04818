package io.wsboot.deflate;

import java.util.ArrayDeque;
import java.util.zip.Inflater;

/**
 * The zlib states that the conversations of one thread inflate with. One is taken while a
 * message arrives, or for as long as a conversation lives if its client keeps its window;
 * what is not in use is kept for the next, up to a few. Not thread-safe, but for the
 * count.
 */
public final class Inflaters {

	private static final int MOST_IDLE = 4;

	private final ArrayDeque<Inflater> idle = new ArrayDeque<>();

	private volatile int inUse;

	/** With nothing in it yet. */
	public Inflaters() {
	}

	Inflater take() {
		this.inUse++;
		Inflater inflater = this.idle.poll();
		return (inflater != null) ? inflater : new Inflater(true);
	}

	void giveBack(Inflater inflater) {
		this.inUse--;
		if (this.idle.size() < MOST_IDLE) {
			inflater.reset();
			this.idle.push(inflater);
		}
		else {
			inflater.end();
		}
	}

	/**
	 * How many are held by conversations. Any thread.
	 * @return 0 or more
	 */
	public int inUse() {
		return this.inUse;
	}

	/** Frees what is not in use. */
	public void end() {
		this.idle.forEach(Inflater::end);
		this.idle.clear();
	}

}
