package io.wsboot.server.loop;

import java.lang.System.Logger.Level;

import org.jspecify.annotations.Nullable;

/**
 * The batches of an event loop. During a batch, the frames that one handle sends gather
 * in the loop's write buffer, and leave together when the batch ends.
 *
 * <pre>
 *                   begin(handle)
 *  no batch ---------------------------> batch of one handle
 *           <---------------------------
 *               end(); or the work ends without end(), and the handle is dropped
 * </pre>
 *
 * {@link #run} guards the loop's work. A piece of work that throws costs at most its own
 * handle and the handle of its batch, and leaves the buffer free for the next piece of
 * work. If a batch outlived its work, frames of one session could leave with frames of
 * another session. All methods run on the loop.
 */
public final class LoopBatch {

	private static final Log LOG = new Log();

	private final LoopMemory memory;

	/** The handle whose batch has begun; null between batches. */
	private @Nullable IoHandle handle;

	LoopBatch(LoopMemory memory) {
		this.memory = memory;
	}

	/**
	 * Runs a piece of work. The method throws only if there is not even memory for
	 * logging what the work has thrown.
	 */
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
	 * Begins the batch of a handle.
	 * @return whether the caller must call {@link #end}; false if a batch has begun
	 * already, or if another thread is the drainer of the handle's output
	 */
	public boolean begin(IoHandle handle) {
		if (this.handle != null || !handle.outbound().beginBatch(this.memory.out())) {
			return false;
		}
		this.handle = handle;
		return true;
	}

	/** Ends the batch, and writes the frames that were sent in the batch. */
	public void end() {
		IoHandle handle = this.handle;
		if (handle != null) {
			handle.outbound().endBatch();
			this.handle = null;
		}
	}

	/**
	 * Ends a batch that its work has left behind, and drops the handle: the batch may be
	 * incomplete.
	 */
	private void takeBack() {
		IoHandle handle = this.handle;
		this.handle = null;
		if (handle != null) {
			drop(handle);
		}
	}

	/** Drops a handle. Never throws. */
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
