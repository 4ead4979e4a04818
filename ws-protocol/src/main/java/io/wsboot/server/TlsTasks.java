package io.wsboot.server;

import java.util.concurrent.Executor;

import javax.net.ssl.SSLEngine;

/**
 * Runs what takes long in the TLS handshake of one connection on an executor, and wakes
 * the connection when it is done. On the connection's loop.
 */
final class TlsTasks {

	private final Executor executor;

	private final EventLoop loop;

	private final Runnable whenDone;

	private boolean running;

	TlsTasks(Executor executor, EventLoop loop, Runnable whenDone) {
		this.executor = executor;
		this.loop = loop;
		this.whenDone = whenDone;
	}

	boolean areRunning() {
		return this.running;
	}

	/**
	 * Begins.
	 * @throws java.util.concurrent.RejectedExecutionException if the executor takes no
	 * more
	 */
	void run(SSLEngine engine) {
		this.running = true;
		this.executor.execute(() -> {
			for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
				task.run();
			}
			this.loop.execute(() -> {
				this.running = false;
				this.whenDone.run();
			});
		});
	}

}
