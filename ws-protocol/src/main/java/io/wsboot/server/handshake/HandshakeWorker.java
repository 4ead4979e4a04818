package io.wsboot.server.handshake;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.TimerWheel.Timer;
import io.wsboot.server.session.SessionLink;

/**
 * Has a worker do what one handshake must not do on the loop, and tells if none comes
 * within half of the time that the handshake has left, so that the client can be answered
 * before that is over. Any thread, unless said otherwise.
 */
final class HandshakeWorker implements Executor {

	private final SessionLink link;

	private final HandshakeContext server;

	private final Runnable late;

	private final Timer timer = Timer.of(this::look);

	/** Tasks that no worker has begun. */
	private final AtomicInteger waiting = new AtomicInteger();

	private long waitedFrom;

	private volatile boolean over;

	/**
	 * For a handshake that may need a worker.
	 * @param late is run on the loop if none comes in time
	 */
	HandshakeWorker(SessionLink link, HandshakeContext server, Runnable late) {
		this.link = link;
		this.server = server;
		this.late = late;
	}

	/** Whether the handshake has been answered, or its client is gone. */
	boolean isOver() {
		return this.over;
	}

	/** When it began to wait. On the loop. */
	long waitedFrom() {
		return this.waitedFrom;
	}

	/** The answer is there. On the loop. */
	void end() {
		this.over = true;
		loop().timers().cancel(this.timer);
	}

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

	private void watch() {
		if (!this.over && this.waiting.get() > 0) {
			this.waitedFrom = loop().now();
			long end = this.link.since() + this.server.timeout();
			loop().timers().schedule(this.timer, this.waitedFrom + Math.max(0, end - this.waitedFrom) / 2);
		}
	}

	private void look() {
		if (!this.over && this.waiting.get() > 0) {
			this.late.run();
		}
	}

	private EventLoop loop() {
		return this.link.loop();
	}

}
