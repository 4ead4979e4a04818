package io.wsboot.server.handshake;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.TimerWheel.Timer;

/**
 * Runs on a worker what one handshake must not do on the loop. If no worker begins within
 * half of the time that the handshake has left, the loop is told, so that the client gets
 * an answer before the handshake timeout. Any thread may call methods that do not say
 * otherwise.
 */
final class HandshakeWorker implements Executor {

	private final HandshakeLink link;

	private final HandshakeContext server;

	private final Runnable late;

	private final Timer timer = Timer.of(this::look);

	/** How many tasks no worker has begun. */
	private final AtomicInteger waiting = new AtomicInteger();

	/** When the last wait for a worker began; used on the loop only. */
	private long waitedFrom;

	/** Whether the handshake has been answered. The loop writes, any thread reads. */
	private volatile boolean over;

	/**
	 * The worker of a handshake that may need one.
	 * @param late run on the loop if no worker begins in time
	 */
	HandshakeWorker(HandshakeLink link, HandshakeContext server, Runnable late) {
		this.link = link;
		this.server = server;
		this.late = late;
	}

	/** Whether the handshake has been answered, or its client is gone. */
	boolean isOver() {
		return this.over;
	}

	/** When the last wait for a worker began. On the loop. */
	long waitedFrom() {
		return this.waitedFrom;
	}

	/** The handshake has been answered: waits for no worker any more. On the loop. */
	void end() {
		this.over = true;
		loop().timers().cancel(this.timer);
	}

	/**
	 * Runs a task on a worker.
	 * @throws java.util.concurrent.RejectedExecutionException if the executor takes no
	 * task
	 */
	@Override
	public void execute(Runnable task) {
		this.waiting.incrementAndGet();
		try {
			this.server.executor().execute(() -> {
				this.waiting.decrementAndGet();
				this.server.shortage().found();
				task.run();
			});
		}
		catch (RuntimeException | Error ex) {
			this.waiting.decrementAndGet();
			throw ex;
		}
		if (loop().isCurrent()) {
			watch();
		}
		else {
			loop().execute(this::watch);
		}
	}

	/** Starts the timer, unless a worker has begun by now. On the loop. */
	private void watch() {
		if (!this.over && this.waiting.get() > 0) {
			this.waitedFrom = loop().now();
			long end = this.link.since() + this.server.timeout();
			loop().timers().schedule(this.timer, this.waitedFrom + Math.max(0, end - this.waitedFrom) / 2);
		}
	}

	/** The timer has fired. On the loop. */
	private void look() {
		if (!this.over && this.waiting.get() > 0) {
			this.late.run();
		}
	}

	private EventLoop loop() {
		return this.link.loop();
	}

}
