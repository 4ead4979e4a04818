package io.wsboot.server.transport;

import java.util.concurrent.Executor;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.wsboot.server.loop.EventLoop;

/**
 * Runs the expensive tasks of one connection's TLS handshake, such as signatures, on an
 * executor. Fields and methods belong to the connection's loop unless their comments say
 * otherwise.
 *
 * <pre>
 *         run(engine)             all tasks done
 *  idle --------------> running ------------------> idle
 *                          |      a task threw
 *                          +----------------------> failed: check() throws
 * </pre>
 *
 * {@code whenDone} runs in either case.
 */
public final class TlsTasks {

	private final Executor executor;

	private final EventLoop loop;

	private final Runnable whenDone;

	private boolean running;

	/**
	 * Whether a task has thrown: the engine does not know that, and would wait for ever.
	 */
	private boolean failed;

	/**
	 * Creates the tasks of one connection.
	 * @param executor runs the tasks
	 * @param loop the connection's loop
	 * @param whenDone runs on the loop when the engine can go on
	 */
	public TlsTasks(Executor executor, EventLoop loop, Runnable whenDone) {
		this.executor = executor;
		this.loop = loop;
		this.whenDone = whenDone;
	}

	boolean areRunning() {
		return this.running;
	}

	/**
	 * Throws if a task has failed.
	 * @throws SSLException if a task has failed
	 */
	void check() throws SSLException {
		if (this.failed) {
			throw new SSLException("a task of the TLS handshake has failed");
		}
	}

	/**
	 * Begins to run the tasks that the engine asks for.
	 * @throws SSLException if the executor refuses the work
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

	/** Runs the tasks. On a thread of the executor, to which a task may throw. */
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
