package io.wsboot.server.outbound;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.Log;
import io.wsboot.server.loop.OutboundLoop;

/**
 * What has become of writes: written, dropped or given up. The drainer of an
 * {@link Outbound} adds outcomes, and tells them when it is the drainer no longer, as
 * whoever hears of an outcome may send again, and wait for room. Several threads may tell
 * outcomes at once.
 */
final class Outcomes {

	private static final Log LOG = new Log();

	private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();

	/** Adds an outcome. Called by the drainer. */
	void add(Runnable outcome) {
		this.untold.add(outcome);
	}

	/** Whether everything has been told. Any thread. */
	boolean isEmpty() {
		return this.untold.isEmpty();
	}

	/**
	 * Tells all outcomes: at once on a worker, which must hold nothing, or as a task of
	 * the loop. A loop serves its sockets between two messages of which one is sent when
	 * the other has left.
	 * @param busy whether the thread is in the middle of a streamed message that others
	 * wait for, so that it must not wait for them
	 */
	void tell(OutboundLoop loop, boolean busy) {
		if (!loop.isCurrent() && !busy) {
			tell();
		}
		else if (!isEmpty()) {
			loop.execute(this::tell);
		}
	}

	/** Tells all outcomes. Calls foreign code. */
	void tell() {
		for (Runnable outcome = this.untold.poll(); outcome != null; outcome = this.untold.poll()) {
			assert ForeignCode.isAllowed();
			try {
				outcome.run();
			}
			catch (RuntimeException | Error ex) { // the others are owed theirs
				LOG.log(Level.ERROR, () -> "failed to tell what became of a message", ex);
			}
		}
	}

}
