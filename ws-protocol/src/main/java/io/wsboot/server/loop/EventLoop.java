package io.wsboot.server.loop;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One thread with one selector, which serves the registered handles in rounds:
 *
 * <pre>
 *  select -----> serve --------> run tasks ------> fire timers ---> {@link EndOfRound}
 *  may sleep     ready sockets,  left by other     at most 128      scheduled outputs,
 *    ^           one by one      threads                            abandoned handles
 *    +-----------------------------------------------------------------------+
 * </pre>
 *
 * Fields and methods belong to the loop's thread unless their comments say otherwise.
 */
public final class EventLoop implements Runnable, OutboundLoop {

	/** The most timers in a round: a burst of timeouts must not hold up the sockets. */
	private static final int TIMERS_AT_ONCE = 128;

	private static final Log LOG = new Log();

	private static final long REST_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(50);

	private final int index;

	private final NanoClock clock;

	private final LoopSelector selector;

	private final Thread thread;

	private final MpscQueue<Runnable> tasks = new MpscQueue<>();

	private final EndOfRound end;

	private final RefusedWork refused = new RefusedWork(this);

	private final TimerWheel timers;

	private final Consumer<SelectionKey> serve = this::serve;

	private final LoopLoad load;

	private final LoopMemory memory;

	private final LoopBatch batch;

	private final Consumer<Runnable> run;

	private final TlsBuffers tlsBuffers = new TlsBuffers(this);

	/** Whether the loop waits for sockets, or is about to. Any thread. */
	private volatile boolean sleeping;

	/** Set once, by any thread. */
	private volatile boolean stopped;

	/** Set once, by the loop: a task that is added from then on may not run. */
	private volatile boolean ended;

	private long now;

	private int calls;

	public EventLoop(int index, NanoClock clock) {
		this(index, clock, SelectorProvider.provider(), LoopResource.NONE);
	}

	/**
	 * Opens the selector. The thread runs from {@link #start} on.
	 * @throws java.io.UncheckedIOException if no selector can be opened
	 */
	public EventLoop(int index, NanoClock clock, SelectorProvider sockets, LoopResource shared) {
		this.clock = clock;
		this.now = clock.nanoTime();
		this.memory = new LoopMemory(clock, shared);
		this.batch = new LoopBatch(this.memory);
		this.run = this.batch::run;
		this.timers = new TimerWheel(this.now);
		this.load = new LoopLoad(this.now);
		this.selector = new LoopSelector(sockets, this::reserve);
		this.end = new EndOfRound(this.selector, this.memory, this.batch);
		this.index = index;
		this.thread = new LoopThread(this, "ws-loop-" + index);
	}

	public void start() {
		this.thread.start();
	}

	public int index() {
		return this.index;
	}

	@Override
	public boolean isCurrent() {
		return Thread.currentThread() == this.thread;
	}

	/** {@inheritDoc} A loop that {@linkplain #hasEnded has ended} may not run a task. */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		wakeUp();
	}

	@Override
	public boolean hasEnded() {
		return this.ended;
	}

	/** Ends the select that the loop is in, if any. Any thread. */
	void wakeUp() {
		if (this.sleeping) {
			this.sleeping = false;
			this.selector.wakeUp();
		}
	}

	/** Drops every connection in any state. Any thread. */
	public void dropConnections() {
		execute(() -> this.selector.handles().forEach(this.batch::drop));
	}

	/** Ends the loop after its current round, if the loop runs. Any thread. */
	public void stop() {
		this.stopped = true;
		if (this.thread.isAlive()) {
			this.selector.wakeUp();
		}
		else {
			this.selector.close();
		}
	}

	/** Whether the thread runs and no handler blocks it for long. Any thread. */
	public boolean isAlive() {
		return this.thread.isAlive() && !this.load.isStuck(this.clock.nanoTime());
	}

	/** Waits for the end of the thread; returns false after a timeout. Any thread. */
	public boolean join(long millis) throws InterruptedException {
		this.thread.join(millis);
		return !this.thread.isAlive();
	}

	/** The time at which the current round began, in nanoseconds. */
	public long now() {
		return this.now;
	}

	/** The buffers that the loop lends to the handle that is being served. */
	public LoopMemory memory() {
		return this.memory;
	}

	/** The batches in which the handle that is being served writes. */
	public LoopBatch batch() {
		return this.batch;
	}

	/** The buffers that the loop lends to connections inside TLS. */
	public TlsBuffers tlsBuffers() {
		return this.tlsBuffers;
	}

	/** Work that the executor of handlers has refused. */
	public RefusedWork refused() {
		return this.refused;
	}

	public TimerWheel timers() {
		return this.timers;
	}

	/** The share of time that the loop was busy, 0.0 to 1.0. Any thread. */
	public double load() {
		return this.load.share(this.clock.nanoTime());
	}

	/** Whether to time the next call of a handler: one call in 64 is timed. */
	public boolean isSampled() {
		return (this.calls++ & 63) == 0;
	}

	@Override
	public void flushAtEndOfRound(LoopOutput output) {
		this.end.flush(output);
	}

	/** Has a handle of this loop dropped. Any thread; allocates nothing. */
	public void abandon(IoHandle handle) {
		handle.interest().abandon();
		this.end.dropAbandoned();
		wakeUp();
	}

	/** Reserves the memory that one more connection may need. */
	private void reserve() {
		this.end.reserve();
		this.refused.reserve(this.selector.size() + 1);
	}

	/** The connections of the loop. */
	public LoopSelector selector() {
		return this.selector;
	}

	/** Runs rounds until the loop is stopped, even when memory runs out. */
	@Override
	public void run() {
		while (!this.stopped) {
			try {
				round();
			}
			catch (Throwable ex) {
				rest(ex);
			}
		}
		try {
			this.ended = true; // first, so that tasks that were added before still run
			do {
				runTasks();
				this.selector.handles().forEach(this.batch::drop);
				this.end.run(); // completes the writes of connections that are gone
			}
			while (!this.tasks.isEmpty());
			this.memory.end();
		}
		finally {
			this.selector.close();
		}
	}

	/** Waits after a round that has failed, as the next rounds may fail too. */
	private static void rest(Throwable cause) {
		try {
			LockSupport.parkNanos(REST_AFTER_FAILURE);
			LOG.log(Level.ERROR, "event loop failed", cause);
		}
		catch (Throwable ex) {
			// without memory, handling an error fails too
		}
	}

	private void round() throws IOException {
		long millis = millisToSleep();
		this.load.idleFrom(this.clock.nanoTime());
		this.sleeping = true;
		if (this.tasks.isEmpty() && !this.stopped && !this.end.isDue() && millis != 0) {
			this.selector.select(this.serve, (millis == Long.MAX_VALUE) ? 0 : millis);
		}
		else {
			this.selector.selectNow(this.serve);
		}
		awake();
		runTasks();
		this.timers.advance(this.now, TIMERS_AT_ONCE, this.run);
		this.end.run();
		this.memory.tidy(this.now);
	}

	private long millisToSleep() {
		long nanos = Math.min(this.timers.untilNext(this.now), this.memory.untilTidied());
		return (nanos == Long.MAX_VALUE) ? nanos : (nanos + 999_999) / 1_000_000;
	}

	/** Begins the busy part of the round: at its first ready socket, if any. */
	private void awake() {
		if (this.load.isIdle()) {
			this.sleeping = false;
			this.now = this.clock.nanoTime();
			this.load.busyFrom(this.now);
		}
	}

	private void serve(SelectionKey key) {
		awake();
		if (key.attachment() instanceof Runnable handle) {
			this.batch.run(handle);
		}
	}

	/** Runs the tasks that are there now. Tasks that these add run in the next round. */
	private void runTasks() {
		this.tasks.drain(this.run);
	}

}
