package io.wsboot.server.loop;

import java.util.concurrent.Executor;

import io.wsboot.server.loop.TimerWheel.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Work of one loop's sessions that the executor of handlers has not taken, in the order
 * in which it is offered again. Never grows while sessions come and go, as each session
 * waits at most once. On the loop, and when that has ended on the thread that stops the
 * server.
 */
public final class RefusedWork extends Timer {

	/** How soon the executor is asked again. */
	private static final long RETRY_NANOS = 50_000_000;

	private final EventLoop loop;

	private final ReservedQueue<Runnable> waiting = new ReservedQueue<>();

	private @Nullable Executor executor;

	RefusedWork(EventLoop loop) {
		this.loop = loop;
	}

	/** Makes room for the work of so many sessions beside what waits. */
	void reserve(int sessions) {
		this.waiting.reserve(this.waiting.size() + sessions);
	}

	/** Offers work to the executor later. */
	void add(Executor executor, Runnable work) {
		this.executor = executor;
		if (this.waiting.isEmpty()) {
			this.loop.timers().schedule(this, this.loop.now() + RETRY_NANOS);
		}
		this.waiting.add(work);
	}

	/** Offers what waits, up to the first that is refused again. */
	@Override
	public void run() {
		Executor executor = this.executor;
		for (Runnable next = this.waiting.peek(); next != null && executor != null; next = this.waiting.peek()) {
			if (!WorkerTurn.isBegun(executor, next)) {
				this.loop.timers().schedule(this, this.loop.now() + RETRY_NANOS);
				return;
			}
			this.waiting.poll();
		}
	}

	/** Whether nothing waits. */
	public boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	/** The loop has ended: runs what waits on the calling thread. */
	public void runHere() {
		for (Runnable next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
			next.run();
		}
	}

}
