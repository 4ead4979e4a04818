package io.wsboot.server.loop;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives work to an executor that may not take it at the moment. An executor that throws
 * may have taken it all the same, as {@link java.util.concurrent.ThreadPoolExecutor} does
 * when it cannot start another thread: work must see to it that it is done only once.
 */
public final class WorkerTurn {

	private static final Log LOG = new Log();

	private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private static final AtomicLong LOGGED = new AtomicLong(System.nanoTime() - LOG_INTERVAL);

	private WorkerTurn() {
	}

	/** On the loop: now, or as soon as the executor takes it. */
	public static void begin(Executor executor, Runnable work, RefusedWork refused) {
		if (!isBegun(executor, work)) {
			refused.add(executor, work);
		}
	}

	/** Whether the executor says that it has taken the work. Never throws. */
	public static boolean isBegun(Executor executor, Runnable work) {
		assert ForeignCode.isAllowed();
		try {
			executor.execute(work);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false; // it has too much to do
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
			// without memory not even that is said
		}
	}

}
