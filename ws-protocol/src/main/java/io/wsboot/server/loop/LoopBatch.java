package io.wsboot.server.loop;

import java.lang.System.Logger.Level;

import org.jspecify.annotations.Nullable;

/**
 * Runs what an event loop has to do, one piece after the other, so that what a piece
 * throws costs no more than the connection that it is about. In such a piece a connection
 * may take a turn: then its frames gather in the loop's buffer, and leave together when
 * the turn ends. The loop takes the buffer back behind each piece, whatever that has
 * thrown: else the frames of one session could leave with those of another. On the loop.
 */
public final class LoopBatch {

	private static final Log LOG = new Log();

	private final LoopMemory memory;

	/** Whose turn it is; null between turns. */
	private @Nullable IoHandle handle;

	LoopBatch(LoopMemory memory) {
		this.memory = memory;
	}

	/** Runs a piece of work. Throws only if there is not even memory for the log. */
	void run(Runnable work) {
		boolean done = false;
		try {
			work.run();
			done = true;
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "event loop task failed", ex);
		}
		finally {
			if (this.handle != null) {
				takeBack();
			}
			if (!done && work instanceof IoWork its) {
				drop(its.handle());
			}
		}
	}

	/**
	 * Begins the turn of a connection.
	 * @return whether {@link #end} must be called; false if a turn has begun, or another
	 * thread writes to the connection
	 */
	public boolean begin(IoHandle handle) {
		if (this.handle != null || !handle.outbound().beginBatch(this.memory.out())) {
			return false;
		}
		this.handle = handle;
		return true;
	}

	/** Ends the turn, and writes what was sent in it. */
	public void end() {
		IoHandle handle = this.handle;
		if (handle != null) {
			handle.outbound().endBatch();
			this.handle = null;
		}
	}

	/** Ends a turn that something has been thrown out of: nobody knows how far it is. */
	private void takeBack() {
		IoHandle handle = this.handle;
		this.handle = null;
		if (handle != null) {
			drop(handle);
		}
	}

	/** Drops a socket. Never throws. */
	void drop(IoHandle handle) {
		try {
			handle.outbound().abortBatch();
			handle.drop();
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "connection failed to end", ex);
		}
	}

}
