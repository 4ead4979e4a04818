package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;

import io.wsboot.server.loop.LoopOutput;
import io.wsboot.server.loop.OutboundLoop;

/**
 * An event loop without sockets, as an actor of an {@link Interleaving}.
 */
final class SteppedLoop implements OutboundLoop {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final Deque<LoopOutput> unflushed = new ArrayDeque<>();

	/** What it does by itself, one thing a round. */
	private final Queue<Runnable> script = new ArrayDeque<>();

	private final ByteBuffer staging = ByteBuffer.allocate(100);

	private Thread thread;

	@Override
	public boolean isCurrent() {
		return Thread.currentThread() == this.thread;
	}

	@Override
	public boolean mayWait() {
		return !isCurrent();
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
	}

	@Override
	public boolean hasEnded() {
		return false;
	}

	@Override
	public void flushAtEndOfRound(LoopOutput outbound) {
		if (!isCurrent()) {
			throw new AssertionError("not on the loop");
		}
		this.unflushed.add(outbound);
	}

	void plan(Runnable act) {
		this.script.add(act);
	}

	ByteBuffer staging() {
		return this.staging;
	}

	/** The actor: never ends. */
	void run() {
		this.thread = Thread.currentThread();
		while (true) {
			Interleaving.await(() -> !this.tasks.isEmpty() || !this.script.isEmpty());
			for (int left = this.tasks.size(); left > 0; left--) {
				this.tasks.remove().run();
				Interleaving.pause();
			}
			if (!this.script.isEmpty()) {
				this.script.remove().run();
			}
			for (LoopOutput next = this.unflushed.poll(); next != null; next = this.unflushed.poll()) {
				next.flushScheduled(this.staging);
			}
		}
	}

}
