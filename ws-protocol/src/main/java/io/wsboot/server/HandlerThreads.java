package io.wsboot.server;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The executor of handlers where the application brings none: a bounded number of
 * threads. What may wait for them is bounded by the number of sessions, each of which
 * waits at most once.
 */
final class HandlerThreads extends ThreadPoolExecutor {

	private static final int THREADS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

	private static final int IDLE_SECONDS = 60;

	private static final AtomicInteger NUMBER = new AtomicInteger();

	HandlerThreads() {
		super(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> {
			Thread thread = new Thread(task, "ws-handler-" + NUMBER.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		allowCoreThreadTimeOut(true);
	}

}
