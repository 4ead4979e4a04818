package io.wsboot.server.loop;

/**
 * An event loop, as the outputs of its connections see the loop. Tests use a loop without
 * sockets.
 */
public interface OutboundLoop {

	/** Whether the calling thread is the thread of this loop. Any thread. */
	boolean isCurrent();

	/** Whether the calling thread may wait: threads of loops must not. Any thread. */
	default boolean mayWait() {
		return LoopThread.mayWait();
	}

	/** Adds a task, which the loop runs in its current or next round. Any thread. */
	void execute(Runnable task);

	/**
	 * Whether tasks may no longer run. A task whose {@link #execute} has returned before
	 * this method returns false will run. Any thread.
	 */
	boolean hasEnded();

	/**
	 * Schedules a call of {@link LoopOutput#flushScheduled} at the end of the round. On
	 * the loop.
	 */
	void flushAtEndOfRound(LoopOutput output);

}
