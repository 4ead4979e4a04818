package io.wsboot.server.loop;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives work to an executor, which may refuse the work. An executor that throws may run
 * the work all the same, as {@link java.util.concurrent.ThreadPoolExecutor} does when it
 * cannot start another thread. So the work itself must make sure that it is done only
 * once. Any thread.
 */
public final class WorkerTurn {

	private static final Log LOG = new Log();

	private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	/** When a failure was last logged, in nanoseconds. Any thread. */
	private static final AtomicLong LOGGED = new AtomicLong(System.nanoTime() - LOG_INTERVAL);

	private WorkerTurn() {
	}

	/**
	 * Executes work now, or as soon as the executor takes the work. On the loop.
	 * @param executor the executor of handlers
	 * @param work the work
	 * @param refused keeps refused work until the executor takes it
	 */
	public static void begin(Executor executor, Runnable work, RefusedWork refused) {
		if (!tryExecute(executor, work)) {
			refused.add(executor, work);
		}
	}

	/**
	 * Executes work, unless the executor refuses the work. Never throws.
	 * @return whether the executor has taken the work
	 */
	public static boolean tryExecute(Executor executor, Runnable work) {
		assert ForeignCode.isAllowed();
		try {
			executor.execute(work);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false; // the executor is full
		}
		catch (Throwable ex) {
			logSometimes(ex);
			return false;
		}
	}

	private static void logSometimes(Throwable cause) {
		try {
			long now = System.nanoTime();
			long before = LOGGED.get();
			if (now - before >= LOG_INTERVAL && LOGGED.compareAndSet(before, now)) {
				LOG.log(Level.ERROR, "the executor of handlers fails, and is asked again until it does not", cause);
			}
		}
		catch (Throwable ex) {
			// without memory, nothing can be logged
		}
	}

}
