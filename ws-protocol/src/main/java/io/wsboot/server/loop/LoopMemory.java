package io.wsboot.server.loop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/**
 * The buffers of an event loop, which the loop lends to the handle that it serves, so
 * that idle connections need no buffers of their own. All methods run on the loop.
 */
public final class LoopMemory {

	/** Bytes: long messages are cheaper in few large pieces. */
	private static final int BUFFER_SIZE = 256 * 1024;

	/**
	 * The most bytes of one read from a connection that is not in the middle of a long
	 * frame. The limit also bounds how many small messages a connection has handled in
	 * one round.
	 */
	public static final int USUAL_READ = 64 * 1024;

	private static final long TIDY_INTERVAL = TimeUnit.SECONDS.toNanos(5);

	private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_SIZE).order(ByteOrder.LITTLE_ENDIAN);

	private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_SIZE);

	private final LoopResource shared;

	/** When the shared memory was last tidied. */
	private long tidied;

	LoopMemory(NanoClock clock, LoopResource shared) {
		this.shared = shared;
		this.tidied = clock.nanoTime();
	}

	/**
	 * Returns the empty read buffer.
	 * @param expected how many bytes of the current frame have not arrived yet
	 */
	public ByteBuffer in(long expected) {
		return this.in.clear().limit((expected > USUAL_READ) ? BUFFER_SIZE : USUAL_READ);
	}

	/** Returns the write buffer, in which batches gather. */
	ByteBuffer out() {
		return this.out;
	}

	/** Frees shared memory that nobody has needed for some seconds. */
	void tidy(long now) {
		if (now - this.tidied > TIDY_INTERVAL) {
			this.tidied = now;
			this.shared.tidy();
		}
	}

	/**
	 * Returns how long the loop may sleep before {@link #tidy} has something to do, in
	 * nanoseconds; {@link Long#MAX_VALUE} if there is nothing to tidy.
	 */
	long untilTidied() {
		return this.shared.isHeld() ? TIDY_INTERVAL : Long.MAX_VALUE;
	}

	/** Frees the shared memory. Called when the loop ends. */
	void end() {
		this.shared.end();
	}

}
