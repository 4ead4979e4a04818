package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.loop.Log;

/**
 * A pool of at most a fixed number of threads, for work that must not block an event
 * loop. The pool makes threads when there is work. The queue of the pool needs no bound:
 * each connection waits in the queue at most once.
 */
final class ServerThreads extends ThreadPoolExecutor {

	private static final int IDLE_SECONDS = 60;

	private static final Log LOG = new Log();

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private ServerThreads(String name, int most) {
		super(most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> {
			// inherits no thread-local values: a callback may start this thread, and
			// its client's login must not leak (MODE_INHERITABLETHREADLOCAL)
			Thread thread = new Thread(null, task, name + NUMBER.incrementAndGet(), 0, false);
			thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
			thread.setDaemon(true);
			thread.setUncaughtExceptionHandler((failed, ex) -> LOG.log(Level.ERROR, () -> failed.getName(), ex));
			return thread;
		});
		allowCoreThreadTimeOut(true);
	}

	/**
	 * Returns the executor of handlers, which may block, for an application that brings
	 * no executor of its own.
	 */
	static ServerThreads forHandlers() {
		return new ServerThreads("ws-handler-", Math.max(16, 4 * Runtime.getRuntime().availableProcessors()));
	}

	/**
	 * Returns the executor of the expensive tasks in TLS handshakes. Handlers have other
	 * threads: otherwise no client could connect while handlers block all of them.
	 */
	static ServerThreads forTls() {
		return new ServerThreads("ws-tls-", Math.max(2, Runtime.getRuntime().availableProcessors()));
	}

}
