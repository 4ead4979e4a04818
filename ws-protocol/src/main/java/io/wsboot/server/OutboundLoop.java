package io.wsboot.server;

/**
 * What an {@link Outbound} asks of the event loop that its connection belongs to.
 */
interface OutboundLoop {

	/** Whether the calling thread is this loop's. */
	boolean isCurrent();

	/** Whether the calling thread is no loop's, and so may wait. */
	default boolean mayWait() {
		return LoopThread.mayWait();
	}

	/** Leaves a task for the loop. Any thread. */
	void execute(Runnable task);

	/** Writes an output, which the loop owns, at the end of the round. On the loop. */
	void flushAtEndOfRound(LoopOutput output);

}
