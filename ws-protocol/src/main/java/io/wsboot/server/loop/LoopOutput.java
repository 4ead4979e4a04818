package io.wsboot.server.loop;

import java.nio.ByteBuffer;

/**
 * The output of one socket, as far as an {@link EventLoop} is concerned. On the loop.
 */
public interface LoopOutput {

	/**
	 * Begins a batch: until the batch ends, what is sent gathers in a buffer of the loop.
	 * @param buffer an empty buffer
	 * @return whether {@link #endBatch} must be called; false if another thread writes to
	 * the socket at the moment
	 */
	boolean beginBatch(ByteBuffer buffer);

	/** Ends a batch: what has gathered goes to the socket. */
	void endBatch();

	/**
	 * Ends a batch, if there is one, in which something has been thrown: nothing is
	 * written any more.
	 */
	void abortBatch();

	/**
	 * Writes what waits, at the end of a round.
	 * @param buffer an empty buffer
	 */
	void flushScheduled(ByteBuffer buffer);

}
