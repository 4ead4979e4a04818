package io.wsboot.server.loop;

import java.nio.ByteBuffer;

/**
 * The output of one socket, as an {@link EventLoop} sees it. All methods run on the loop.
 *
 * <pre>
 *  idle --- beginBatch() ---> batch --- endBatch() or abortBatch() ---> idle
 * </pre>
 */
public interface LoopOutput {

	/**
	 * Begins a batch: until the batch ends, frames that the loop sends gather in the
	 * buffer.
	 * @param buffer an empty buffer of the loop
	 * @return whether the batch has begun; false if another thread is the drainer of the
	 * output
	 */
	boolean beginBatch(ByteBuffer buffer);

	/** Ends the batch: the frames in the buffer go to the socket. */
	void endBatch();

	/**
	 * Ends the batch, if there is one, after something has been thrown: the output writes
	 * nothing any more.
	 */
	void abortBatch();

	/**
	 * Writes the queued frames. Called at the end of a round for which
	 * {@link OutboundLoop#flushAtEndOfRound} has scheduled the call.
	 * @param buffer an empty buffer of the loop
	 */
	void flushScheduled(ByteBuffer buffer);

}
