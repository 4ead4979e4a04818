package io.wsboot.deflate;

import java.util.ArrayDeque;
import java.util.zip.Inflater;

/**
 * The zlib states that the conversations of one thread inflate with. One is taken while a
 * message arrives; what is not in use is kept for the next, up to a few. Counts the
 * windows that conversations keep between messages, too. Not thread-safe, but for the
 * count.
 */
public final class Inflaters {

	private static final int MOST_IDLE = 4;

	private final ArrayDeque<Inflater> idle = new ArrayDeque<>();

	private volatile int held;

	/** With nothing in it yet. */
	public Inflaters() {
	}

	Inflater take() {
		this.held++;
		Inflater inflater = this.idle.poll();
		return (inflater != null) ? inflater : new Inflater(true);
	}

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

	void windowKept() {
		this.held++;
	}

	void windowGone() {
		this.held--;
	}

	/**
	 * How many states and windows are held by conversations. Any thread.
	 * @return 0 or more
	 */
	public int held() {
		return this.held;
	}

	/** Frees what is not in use. */
	public void end() {
		this.idle.forEach(Inflater::end);
		this.idle.clear();
	}

}
