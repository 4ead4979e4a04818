package io.wsboot.server.loop;

import java.lang.System.Logger.Level;

/**
 * The last step of a round of an event loop: writes what was scheduled during the round,
 * and drops the handles that were abandoned. All methods but {@link #dropAbandoned} run
 * on the loop.
 */
final class EndOfRound {

	private static final Log LOG = new Log();

	private final LoopSelector selector;

	private final LoopMemory memory;

	private final LoopBatch batch;

	/**
	 * Outputs whose drainer the loop is until the end of the round. Used on the loop
	 * only.
	 */
	private final ReservedQueue<LoopOutput> unflushed = new ReservedQueue<>();

	/**
	 * Whether some handles are {@linkplain SocketInterest#abandon abandoned}. Set by any
	 * thread, cleared by the loop.
	 */
	private volatile boolean abandoned;

	EndOfRound(LoopSelector selector, LoopMemory memory, LoopBatch batch) {
		this.selector = selector;
		this.memory = memory;
		this.batch = batch;
	}

	/**
	 * Reserves memory for the output of one more connection, so that {@link #flush}
	 * cannot run out of memory later.
	 */
	void reserve() {
		this.unflushed.reserve(this.unflushed.size() + this.selector.size() + 1);
	}

	/** Schedules an output, whose drainer the loop is, to be written by {@link #run}. */
	void flush(LoopOutput output) {
		this.unflushed.add(output);
	}

	/**
	 * Makes {@link #run} look for abandoned handles. Any thread may call this method,
	 * which allocates nothing.
	 */
	void dropAbandoned() {
		this.abandoned = true;
	}

	/** Whether the loop must not sleep before {@link #run}. */
	boolean isDue() {
		return this.abandoned;
	}

	/** Ends the round. */
	void run() {
		for (LoopOutput next = this.unflushed.poll(); next != null; next = this.unflushed.poll()) {
			flushNow(next);
		}
		if (this.abandoned) {
			this.abandoned = false;
			dropNow();
		}
	}

	private void flushNow(LoopOutput output) {
		try {
			output.flushScheduled(this.memory.out());
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "output of a connection failed", ex);
		}
	}

	private void dropNow() {
		try {
			this.selector.handles()
				.stream()
				.filter((handle) -> handle.interest().isAbandoned())
				.forEach(this.batch::drop);
		}
		catch (Throwable ex) {
			this.abandoned = true; // the rest in the next round
			throw ex;
		}
	}

}
