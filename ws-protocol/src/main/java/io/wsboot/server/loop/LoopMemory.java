package io.wsboot.server.loop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/**
 * What an event loop lends to the connection that it serves, so that those that it does
 * not serve need none of their own. On the loop.
 */
public final class LoopMemory {

	/** A long message is cheaper in few large pieces. */
	private static final int BUFFER_SIZE = 256 * 1024;

	/**
	 * What is read at once from a connection that is not in the middle of a long frame,
	 * and so the most of small messages that it gets served of a round.
	 */
	public static final int USUAL_READ = 64 * 1024;

	private static final long TIDY_INTERVAL = TimeUnit.SECONDS.toNanos(5);

	private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_SIZE).order(ByteOrder.LITTLE_ENDIAN);

	private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_SIZE);

	private final LoopResource shared;

	private long tidied;

	LoopMemory(NanoClock clock, LoopResource shared) {
		this.shared = shared;
		this.tidied = clock.nanoTime();
	}

	/**
	 * An empty buffer to read into.
	 * @param expected bytes of the current frame that are still to come
	 */
	public ByteBuffer in(long expected) {
		return this.in.clear().limit((expected > USUAL_READ) ? BUFFER_SIZE : USUAL_READ);
	}

	/** Gathers what is to be written. */
	ByteBuffer out() {
		return this.out;
	}

	/** Gives up memory that nobody has needed for some seconds. */
	void tidy(long now) {
		if (now - this.tidied > TIDY_INTERVAL) {
			this.tidied = now;
			this.shared.tidy();
		}
	}

	/** How long the loop may sleep for all that there is to tidy, in nanoseconds. */
	long untilTidied() {
		return this.shared.isHeld() ? TIDY_INTERVAL : Long.MAX_VALUE;
	}

	/** Gives up the shared memory, as the loop ends. */
	void end() {
		this.shared.end();
	}

}
