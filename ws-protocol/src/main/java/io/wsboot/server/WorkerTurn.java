package io.wsboot.server;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Gives work to an executor that may have no room for it at the moment.
 */
final class WorkerTurn {

	/** How soon an executor that has rejected something is asked again. */
	private static final long RETRY_NANOS = 50_000_000;

	private WorkerTurn() {
	}

	/** Now or later, by way of the loop. */
	static void begin(Executor executor, Runnable work, EventLoop loop) {
		if (!isBegun(executor, work)) {
			loop.execute(() -> loop.timers()
				.schedule(TimerWheel.Timer.of(() -> begin(executor, work, loop)), loop.now() + RETRY_NANOS));
		}
	}

	/** Whether there is room for it now. */
	static boolean isBegun(Executor executor, Runnable work) {
		try {
			executor.execute(work);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

}
