package io.wsboot.server.transport;

import java.util.concurrent.Executor;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.wsboot.server.loop.EventLoop;

/**
 * Runs what takes long in the TLS handshake of one connection on an executor, and wakes
 * the connection when it is done. On the connection's loop.
 */
public final class TlsTasks {

	private final Executor executor;

	private final EventLoop loop;

	private final Runnable whenDone;

	private boolean running;

	private boolean failed;

	public TlsTasks(Executor executor, EventLoop loop, Runnable whenDone) {
		this.executor = executor;
		this.loop = loop;
		this.whenDone = whenDone;
	}

	boolean areRunning() {
		return this.running;
	}

	/**
	 * Throws if a task has failed in a way that the engine does not know of, which would
	 * go on waiting for it.
	 */
	void check() throws SSLException {
		if (this.failed) {
			throw new SSLException("a task of the TLS handshake has failed");
		}
	}

	/**
	 * Begins.
	 * @throws SSLException if the executor takes no more
	 */
	void run(SSLEngine engine) throws SSLException {
		this.running = true;
		try {
			this.executor.execute(() -> runOn(engine));
		}
		catch (RuntimeException | Error ex) {
			this.running = false;
			throw new SSLException("there is no thread for the TLS handshake", ex);
		}
	}

	/** On the executor, which hears of what a task throws. */
	private void runOn(SSLEngine engine) {
		boolean done = false;
		try {
			for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
				task.run();
			}
			done = true;
		}
		finally {
			boolean failed = !done;
			this.loop.execute(() -> {
				this.running = false;
				this.failed = failed;
				this.whenDone.run();
			});
		}
	}

}
