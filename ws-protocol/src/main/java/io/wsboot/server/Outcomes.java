package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What is to be told of items that have been written, dropped or given up. The owner of
 * an {@link Outbound} adds to it, and whoever has been the owner tells it afterwards: who
 * hears of it may send again, and wait for room. Meanwhile other threads may tell the
 * rest.
 */
final class Outcomes {

	private static final Log LOG = new Log();

	private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();

	/** The owner. */
	void add(Runnable outcome) {
		this.untold.add(outcome);
	}

	boolean isEmpty() {
		return this.untold.isEmpty();
	}

	/**
	 * Any thread, but none that owns or holds anything: tells everything at once, or as a
	 * task of the loop if that is the thread. So a loop serves its sockets between two
	 * messages of which one is sent when the other has left.
	 * @param busy whether others wait for what the thread is in the middle of, so that it
	 * must not wait for them
	 */
	void tell(OutboundLoop loop, boolean busy) {
		if (!loop.isCurrent() && !busy) {
			tell();
		}
		else if (!isEmpty()) {
			loop.execute(this::tell);
		}
	}

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
