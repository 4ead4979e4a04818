package io.wsboot.server.loop;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One thread with one selector, which serves the connections that it was given for as
 * long as they live. Each round it serves the sockets that are ready, runs the tasks that
 * other threads have left, fires timers, and writes what has been sent meanwhile. Other
 * threads may only {@link #execute}.
 */
public final class EventLoop implements Runnable, OutboundLoop {

	/** In a round: ten thousand connections that time out take more than a moment. */
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

	/**
	 * Whether the loop is, or is about to be, in a select that only
	 * {@link LoopSelector#wakeUp} ends.
	 */
	private volatile boolean sleeping;

	private volatile boolean stopped;

	private long now;

	private int calls;

	public EventLoop(int index, NanoClock clock) {
		this(index, clock, SelectorProvider.provider(), LoopResource.NONE);
	}

	/**
	 * A loop that has a selector, but does not run.
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
		this.selector = new LoopSelector(sockets);
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

	/** A loop stops when it has no connections, and no task has a point then. */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		wakeUp();
	}

	/** Makes the loop look at its clock and tasks. Any thread. */
	void wakeUp() {
		if (this.sleeping) {
			this.sleeping = false;
			this.selector.wakeUp();
		}
	}

	/** Drops every connection, whatever it is at. Any thread. */
	public void dropConnections() {
		execute(() -> handles().forEach(this.batch::drop));
	}

	public List<IoHandle> handles() {
		return this.selector.handles();
	}

	/**
	 * Ends the loop after the round that it is in, if it has been started. Any thread.
	 */
	public void stop() {
		this.stopped = true;
		if (this.thread.isAlive()) {
			this.selector.wakeUp();
		}
		else {
			this.selector.close();
		}
	}

	/**
	 * Whether its thread runs, and is not stuck in the middle of a round: a handler that
	 * does not come back keeps all connections of the loop waiting. Any thread.
	 */
	public boolean isAlive() {
		return this.thread.isAlive() && !this.load.isStuck(this.clock.nanoTime());
	}

	/** Waits for its end; whether that has come. */
	public boolean join(long millis) throws InterruptedException {
		this.thread.join(millis);
		return !this.thread.isAlive();
	}

	/** When the round began that the loop is in. On the loop. */
	public long now() {
		return this.now;
	}

	/** Lent to the connection that is being served. */
	public LoopMemory memory() {
		return this.memory;
	}

	/** Given to the connection that is being served. */
	public LoopBatch batch() {
		return this.batch;
	}

	/** Lent to connections inside TLS. */
	public TlsBuffers tlsBuffers() {
		return this.tlsBuffers;
	}

	/** What the executor of handlers has not taken. */
	public RefusedWork refused() {
		return this.refused;
	}

	public TimerWheel timers() {
		return this.timers;
	}

	/** How busy it has been. Any thread. */
	public double load() {
		return this.load.share(this.clock.nanoTime());
	}

	/** Whether this call of a handler is one of the sample that is timed. On the loop. */
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

	public SelectionKey register(SocketChannel channel, IoHandle handle) throws IOException {
		this.end.reserve();
		this.refused.reserve(this.selector.size() + 1);
		return this.selector.register(channel, handle);
	}

	LoopSelector selector() {
		return this.selector;
	}

	/** Goes on whatever is thrown, be it that memory has run out. */
	@Override
	public void run() {
		while (!this.stopped) {
			try {
				rounds();
			}
			catch (Throwable ex) {
				// without memory, what was to be done about an error fails too
			}
		}
		try {
			do {
				runTasks();
				this.end.run(); // who waits for a connection that is gone is told
			}
			while (!this.tasks.isEmpty());
			this.memory.end();
		}
		finally {
			this.selector.close();
		}
	}

	private void rounds() {
		while (!this.stopped) {
			try {
				round();
			}
			catch (Throwable ex) {
				LockSupport.parkNanos(REST_AFTER_FAILURE); // it may fail again at once
				LOG.log(Level.ERROR, "event loop failed", ex);
			}
		}
	}

	private void round() throws IOException {
		long millis = millisToSleep();
		this.load.idleFrom(this.clock.nanoTime());
		this.sleeping = true;
		if (this.tasks.isEmpty() && !this.stopped && !this.end.isDue() && millis != 0) {
			boolean served = this.selector.select(this.serve, (millis == Long.MAX_VALUE) ? 0 : millis);
			if (served || !this.sleeping || !this.tasks.isEmpty() || this.stopped) {
				this.selector.hadReason();
			}
			else {
				this.selector.hadNoReason();
			}
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

	/** The round begins in earnest: with the first socket that is ready, if any. */
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

	/** A task that leaves another one does not keep the loop from its sockets. */
	private void runTasks() {
		this.tasks.drain(this.run);
	}

}
