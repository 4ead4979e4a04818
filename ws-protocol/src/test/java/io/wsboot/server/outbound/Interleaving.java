package io.wsboot.server.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs actors on threads of their own, of which one runs at a time: from one
 * {@link #pause()} to the next, and which is next is drawn by lot. The same seed makes
 * the same run, whatever the machine is busy with.
 */
final class Interleaving {

	/** How often a thread that does not come back must be seen waiting to be stuck. */
	private static final int LOOKS = 20;

	private final Random random;

	private final Runnable invariants;

	private final List<Actor> actors = new ArrayList<>();

	private final Semaphore back = new Semaphore(0);

	private boolean cancelled;

	Interleaving(Random random, Runnable invariants) {
		this.random = random;
		this.invariants = invariants;
	}

	/** Adds an actor, which is there from the first step on. */
	void add(String name, Runnable body) {
		Actor actor = new Actor(name, body);
		this.actors.add(actor);
		actor.setDaemon(true);
		actor.start();
	}

	/** An actor may be interrupted by others here. Does nothing on other threads. */
	static void pause() {
		await(() -> true);
	}

	/** An actor waits for others here. */
	static void await(BooleanSupplier condition) {
		if (Thread.currentThread() instanceof Actor actor) {
			actor.pauseUntil(condition);
		}
	}

	/**
	 * Lets actors run until none can.
	 * @param patient those that may be left waiting
	 */
	void run(String... patient) {
		try {
			while (true) {
				List<Actor> ready = this.actors.stream().filter(Actor::isReady).toList();
				if (ready.isEmpty()) {
					break;
				}
				step(ready.get(this.random.nextInt(ready.size())));
				this.invariants.run();
			}
			for (Actor actor : this.actors) {
				if (!actor.done && !List.of(patient).contains(actor.getName())) {
					throw new AssertionError("nobody can wake " + actor.getName() + ", which waits" + actor.trace());
				}
			}
		}
		catch (AssertionError ex) {
			cancel();
			throw ex;
		}
	}

	private void step(Actor actor) {
		actor.go.release();
		try {
			int waiting = 0;
			while (!this.back.tryAcquire(100, TimeUnit.MILLISECONDS)) {
				boolean waits = actor.getState() == Thread.State.WAITING || actor.getState() == Thread.State.BLOCKED;
				waiting = waits ? waiting + 1 : 0;
				if (waiting == LOOKS) {
					throw new AssertionError(
							actor.getName() + " waits for what one holds that others interrupt" + actor.trace());
				}
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
		if (actor.failure != null) {
			throw new AssertionError(actor.getName() + " failed: " + actor.failure, actor.failure);
		}
	}

	/** Ends what is left of the threads. */
	void cancel() {
		this.cancelled = true;
		this.actors.forEach((actor) -> actor.go.release());
	}

	private static final class Cancelled extends Error {

		private static final long serialVersionUID = 1;

	}

	private final class Actor extends Thread {

		private final Runnable body;

		private final Semaphore go = new Semaphore(0);

		private volatile BooleanSupplier condition = () -> true;

		private volatile boolean done;

		private volatile Throwable failure;

		Actor(String name, Runnable body) {
			super(name);
			this.body = body;
		}

		boolean isReady() {
			return !this.done && this.condition.getAsBoolean();
		}

		@Override
		public void run() {
			try {
				this.go.acquireUninterruptibly();
				if (!Interleaving.this.cancelled) {
					this.body.run();
				}
			}
			catch (Cancelled ex) {
				// nobody is interested any more
			}
			catch (Throwable ex) {
				this.failure = ex;
			}
			finally {
				this.done = true;
				Interleaving.this.back.release();
			}
		}

		private void pauseUntil(BooleanSupplier condition) {
			if (Interleaving.this.cancelled) {
				return;
			}
			this.condition = condition;
			Interleaving.this.back.release();
			this.go.acquireUninterruptibly();
			this.condition = () -> true;
			if (Interleaving.this.cancelled) {
				throw new Cancelled();
			}
		}

		private String trace() {
			StringBuilder trace = new StringBuilder();
			for (StackTraceElement element : getStackTrace()) {
				trace.append("\n\tat ").append(element);
			}
			return trace.toString();
		}

	}

}
