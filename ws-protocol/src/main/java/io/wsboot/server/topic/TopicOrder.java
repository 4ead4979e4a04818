package io.wsboot.server.topic;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.Log;
import io.wsboot.server.loop.MpscQueue;
import io.wsboot.server.loop.OutboundLoop;
import org.jspecify.annotations.Nullable;

/**
 * The one order of all that happens to a topic with history. There is no lock: a thread
 * that comes while nobody is at work does its own step, and those that other threads
 * leave meanwhile. A thread that has done many steps of others leaves the rest to an
 * event loop.
 *
 * <pre>
 *         the first execute()
 * 0: IDLE -------------------&gt; n &gt; 0: AT WORK   execute(): n + 1
 *         &lt;-------------------
 *          the last step is done
 * </pre>
 *
 * Steps call no {@linkplain ForeignCode foreign code}. What a step returns runs when the
 * thread is no longer at work, and may be foreign code. Any thread.
 */
final class TopicOrder {

	private static final Log LOG = new Log();

	/** The most steps that one thread does in a row. */
	private static final int MOST_STEPS = 256;

	/** The most steps that should wait. */
	private static final int MOST_WAITING = 1024;

	private final OutboundLoop loop;

	private final MpscQueue<Step> steps = new MpscQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	/**
	 * An order in which nothing has happened.
	 * @param loop does the steps that are too many for one thread
	 */
	TopicOrder(OutboundLoop loop) {
		this.loop = loop;
	}

	/** Something that happens to the topic. */
	@FunctionalInterface
	interface Step {

		/**
		 * Does the step. Calls no foreign code.
		 * @return what is to be done behind the order; null if nothing
		 */
		@Nullable Runnable run();

	}

	/** Whether one more step may wait. */
	boolean hasRoom() {
		return this.waiting.get() < MOST_WAITING;
	}

	/** Does a step behind those that have come before, now or soon. */
	void execute(Step step) {
		this.steps.add(step);
		if (this.waiting.getAndIncrement() == 0) {
			work();
		}
	}

	/** Does what waits; whatever fails, no step is left behind. */
	private void work() {
		assert ForeignCode.held(this);
		List<Runnable> afterwards = null;
		int done = 0;
		do {
			if (done++ >= MOST_STEPS && handOver()) {
				break;
			}
			afterwards = step(afterwards);
		}
		while (this.waiting.decrementAndGet() > 0);
		assert ForeignCode.released(this);
		if (afterwards != null) {
			afterwards.forEach(Runnable::run);
		}
	}

	private @Nullable List<Runnable> step(@Nullable List<Runnable> afterwards) {
		List<Runnable> all = afterwards;
		try {
			Runnable next = this.steps.take().run();
			if (next != null) {
				all = (all != null) ? all : new ArrayList<>(2);
				all.add(next);
			}
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "a step of a topic failed, and whoever waits for the step hears nothing", ex);
		}
		return all;
	}

	/** Leaves the steps that wait to the loop; false if there is no memory for that. */
	private boolean handOver() {
		try {
			this.loop.execute(this::work);
			return true;
		}
		catch (Throwable ex) {
			return false;
		}
	}

}
