package io.wsboot.server.loop;

/**
 * The event loop of a connection, as far as the connection's output is concerned. Tests
 * have a loop without sockets.
 */
public interface OutboundLoop {

	/** Whether the calling thread is the thread of this loop. Any thread. */
	boolean isCurrent();

	/**
	 * Whether the calling thread is the thread of no loop, and so may wait. Any thread.
	 */
	default boolean mayWait() {
		return LoopThread.mayWait();
	}

	/** Leaves a task for the loop. Any thread. */
	void execute(Runnable task);

	/**
	 * Has {@link LoopOutput#flushScheduled} called at the end of the round. On the loop.
	 */
	void flushAtEndOfRound(LoopOutput output);

}
