package io.wsboot.server.loop;

import java.lang.System.Logger.Level;

/**
 * What an event loop does when it has served all that was ready: writes what has been
 * sent meanwhile, and drops the connections that have been given up. On the loop, but for
 * what says otherwise.
 */
final class EndOfRound {

	private static final Log LOG = new Log();

	private final LoopSelector selector;

	private final LoopMemory memory;

	private final LoopBatch batch;

	/** Outputs that the loop owns until then. */
	private final ReservedQueue<LoopOutput> unflushed = new ReservedQueue<>();

	/** Whether some sockets are {@linkplain SocketInterest#abandon abandoned}. */
	private volatile boolean abandoned;

	EndOfRound(LoopSelector selector, LoopMemory memory, LoopBatch batch) {
		this.selector = selector;
		this.memory = memory;
		this.batch = batch;
	}

	/** Makes room for one more connection, so that {@link #flush} cannot fail later. */
	void reserve() {
		this.unflushed.reserve(this.unflushed.size() + this.selector.size() + 1);
	}

	/** Writes an output, which the loop owns, in the end. */
	void flush(LoopOutput output) {
		this.unflushed.add(output);
	}

	/** Looks for sockets that are abandoned. Any thread; allocates nothing. */
	void dropAbandoned() {
		this.abandoned = true;
	}

	/** Whether there is something to do although nothing has happened. */
	boolean isDue() {
		return this.abandoned;
	}

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
