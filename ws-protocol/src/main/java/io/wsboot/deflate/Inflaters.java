package io.wsboot.deflate;

import java.util.ArrayDeque;
import java.util.zip.Inflater;

/**
 * The zlib states with which the connections of one thread inflate. A connection takes a
 * state while a message arrives; a few unused states are kept for later messages. Counts
 * the windows that connections keep between messages, too. Not thread-safe, except
 * {@link #held}.
 */
public final class Inflaters {

	private static final int MOST_IDLE = 4;

	private final ArrayDeque<Inflater> idle = new ArrayDeque<>();

	private volatile int held;

	/** Makes a pool that holds no state yet. */
	public Inflaters() {
	}

	/** Takes a state that has inflated nothing. */
	Inflater take() {
		this.held++;
		Inflater inflater = this.idle.poll();
		return (inflater != null) ? inflater : new Inflater(true);
	}

	/** Takes a state back, which its connection must not use any more. */
	void giveBack(Inflater inflater) {
		this.held--;
		if (this.idle.size() < MOST_IDLE) {
			inflater.reset();
			this.idle.push(inflater);
		}
		else {
			inflater.end();
		}
	}

	/** A connection has begun to keep a window between messages. */
	void windowKept() {
		this.held++;
	}

	/** A connection has freed its window. */
	void windowGone() {
		this.held--;
	}

	/**
	 * How many states and windows connections hold. Any thread.
	 * @return 0 or more
	 */
	public int held() {
		return this.held;
	}

	/** Frees the states that no connection holds. */
	public void end() {
		this.idle.forEach(Inflater::end);
		this.idle.clear();
	}

}
