package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.loop.Log;

/**
 * A bounded number of threads for what must not hold up an event loop. They are made when
 * there is something to do. What may wait for them is bounded by the number of
 * connections, each of which waits at most once.
 */
final class ServerThreads extends ThreadPoolExecutor {

	private static final int IDLE_SECONDS = 60;

	private static final Log LOG = new Log();

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private ServerThreads(String name, int most) {
		super(most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> {
			// inherits no thread-local values: a callback may make this thread start, and
			// its client's login is none of the other sessions'
			// (MODE_INHERITABLETHREADLOCAL)
			Thread thread = new Thread(null, task, name + NUMBER.incrementAndGet(), 0, false);
			thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
			thread.setDaemon(true);
			thread.setUncaughtExceptionHandler((failed, ex) -> LOG.log(Level.ERROR, () -> failed.getName(), ex));
			return thread;
		});
		allowCoreThreadTimeOut(true);
	}

	/** The executor of handlers, which may block, where the application brings none. */
	static ServerThreads forHandlers() {
		return new ServerThreads("ws-handler-", Math.max(16, 4 * Runtime.getRuntime().availableProcessors()));
	}

	/**
	 * For what takes long in TLS handshakes, and keeps a processor busy. Not those of the
	 * handlers, as then nobody could connect while these are all blocked.
	 */
	static ServerThreads forTls() {
		return new ServerThreads("ws-tls-", Math.max(2, Runtime.getRuntime().availableProcessors()));
	}

}
