package io.wsboot.server.loop;

import java.util.concurrent.Executor;

import io.wsboot.server.loop.TimerWheel.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Work of the sessions of one loop that the executor of handlers has refused. The work is
 * offered to the executor again, the oldest first, until the executor takes it. Memory is
 * reserved when a connection is registered, as each session has at most one piece of work
 * here. All methods run on the loop; when the loop has ended, on the thread that stops
 * the server.
 */
public final class RefusedWork extends Timer {

	/** How long the loop waits before it offers the work again. */
	private static final long RETRY_NANOS = 50_000_000;

	private final EventLoop loop;

	private final ReservedQueue<Runnable> waiting = new ReservedQueue<>();

	/** The executor of all work; null until work is refused for the first time. */
	private @Nullable Executor executor;

	RefusedWork(EventLoop loop) {
		this.loop = loop;
	}

	/** Reserves memory for the work of so many sessions, beside the work that is here. */
	void reserve(int sessions) {
		this.waiting.reserve(this.waiting.size() + sessions);
	}

	/** Adds work that the executor has refused. */
	void add(Executor executor, Runnable work) {
		this.executor = executor;
		if (this.waiting.isEmpty()) {
			this.loop.timers().schedule(this, this.loop.now() + RETRY_NANOS);
		}
		this.waiting.add(work);
	}

	/** Offers the work, up to the first piece that is refused again. */
	@Override
	public void run() {
		Executor executor = this.executor;
		for (Runnable next = this.waiting.peek(); next != null && executor != null; next = this.waiting.peek()) {
			if (!WorkerTurn.tryExecute(executor, next)) {
				this.loop.timers().schedule(this, this.loop.now() + RETRY_NANOS);
				return;
			}
			this.waiting.poll();
		}
	}

	/** Whether there is no refused work. */
	public boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	/** Runs all work on the calling thread. Called when the loop has ended. */
	public void runHere() {
		for (Runnable next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
			next.run();
		}
	}

}
