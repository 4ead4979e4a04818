package io.wsboot.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
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
final class EventLoop implements Runnable {

	/**
	 * The most timers that are fired in a round: ten thousand connections may well have
	 * one deadline, and are not dropped in a moment.
	 */
	private static final int TIMERS_AT_ONCE = 128;

	private static final Log LOG = new Log();

	/** No round takes as long that is not stuck in a handler. */
	private static final long STUCK_AFTER = TimeUnit.SECONDS.toNanos(10);

	private static final long REST_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(50);

	private final int index;

	private final NanoClock clock;

	private final LoopSelector selector = new LoopSelector();

	private final Thread thread;

	private final MpscQueue<Runnable> tasks = new MpscQueue<>();

	/** Outputs that the loop owns until the end of the round. */
	private final ArrayDeque<Outbound> unflushed = new ArrayDeque<>();

	private final TimerWheel timers;

	/** Made once, not at each select. */
	private final Consumer<SelectionKey> serve = this::serve;

	private final LoopLoad load;

	private final LoopMemory memory;

	private final TlsBuffers tlsBuffers = new TlsBuffers(this);

	/**
	 * Whether the loop is, or is about to be, in a select that only
	 * {@link LoopSelector#wakeUp} ends.
	 */
	private volatile boolean sleeping;

	private volatile boolean stopped;

	private long now;

	private int calls;

	EventLoop(int index, NanoClock clock) {
		this.clock = clock;
		this.now = clock.nanoTime();
		this.memory = new LoopMemory(clock);
		this.timers = new TimerWheel(this.now);
		this.load = new LoopLoad(this.now);
		this.index = index;
		this.thread = new LoopThread(this, "ws-loop-" + index);
	}

	void start() {
		this.thread.start();
	}

	/** Its number, from 0. */
	int index() {
		return this.index;
	}

	/** Whether the calling thread is this loop's. */
	boolean isCurrent() {
		return Thread.currentThread() == this.thread;
	}

	/** Whether the calling thread is any loop's, and so must not wait. */
	static boolean isAnyCurrent() {
		return Thread.currentThread() instanceof LoopThread;
	}

	/**
	 * Leaves a task for the loop. Any thread. A loop stops when it has no connections,
	 * and no task has a point then.
	 */
	void execute(Runnable task) {
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
	void dropConnections() {
		execute(() -> this.selector.connections().forEach(Connection::drop));
	}

	/** Those that it serves. On the loop. */
	List<Connection> connections() {
		return this.selector.connections();
	}

	/** Ends the loop after the round that it is in. Any thread. */
	void stop() {
		this.stopped = true;
		this.selector.wakeUp();
	}

	/**
	 * Whether its thread runs, and is not stuck in the middle of a round: a handler that
	 * does not come back keeps all connections of the loop waiting. Any thread.
	 */
	boolean isAlive() {
		return this.thread.isAlive() && this.load.busyFor(this.clock.nanoTime()) < STUCK_AFTER;
	}

	void join(long millis) throws InterruptedException {
		this.thread.join(millis);
	}

	/** When the round began that the loop is in. On the loop. */
	long now() {
		return this.now;
	}

	/** Lent to the connection that is being served. */
	LoopMemory memory() {
		return this.memory;
	}

	/** Lent to connections inside TLS. */
	TlsBuffers tlsBuffers() {
		return this.tlsBuffers;
	}

	TimerWheel timers() {
		return this.timers;
	}

	/** How busy it has been. Any thread. */
	double load() {
		return this.load.share(this.clock.nanoTime());
	}

	/** Whether this call of a handler is one of the sample that is timed. On the loop. */
	boolean isSampled() {
		return (this.calls++ & 63) == 0;
	}

	/** Writes an output, which the loop owns, at the end of the round. On the loop. */
	void flushAtEndOfRound(Outbound outbound) {
		this.unflushed.add(outbound);
	}

	SelectionKey register(SocketChannel channel, Connection connection) throws IOException {
		return this.selector.register(channel, connection);
	}

	/** For tests. */
	LoopSelector selector() {
		return this.selector;
	}

	@Override
	public void run() {
		while (!this.stopped) {
			try {
				round();
			}
			catch (IOException | RuntimeException | Error ex) {
				LOG.log(Level.ERROR, () -> "event loop failed", ex);
				LockSupport.parkNanos(REST_AFTER_FAILURE); // it may well fail again at
															// once
			}
		}
		while (!this.tasks.isEmpty()) {
			runTasks();
		}
		this.memory.scratch().end();
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			LOG.log(Level.WARNING, () -> "event loop failed to close its selector", ex);
		}
	}

	private void round() throws IOException {
		long millis = millisToSleep();
		this.load.idleFrom(this.clock.nanoTime());
		this.sleeping = true;
		if (this.tasks.isEmpty() && !this.stopped && millis != 0) {
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
		this.timers.advance(this.now, TIMERS_AT_ONCE);
		this.memory.tidy(this.now);
		for (Outbound next = this.unflushed.poll(); next != null; next = this.unflushed.poll()) {
			next.flushScheduled(this.memory.out());
		}
	}

	private long millisToSleep() {
		long nanos = Math.min(this.timers.untilNext(this.now), this.memory.untilTidied());
		return (nanos == Long.MAX_VALUE) ? nanos : (nanos + 999_999) / 1_000_000;
	}

	/**
	 * The round begins in earnest: with the first socket that is ready, if there is one.
	 */
	private void awake() {
		if (this.load.isIdle()) {
			this.sleeping = false;
			this.now = this.clock.nanoTime();
			this.load.busyFrom(this.now);
		}
	}

	private void serve(SelectionKey key) {
		awake();
		if (key.attachment() instanceof Runnable connection) {
			guarded(connection);
		}
	}

	/** A task that leaves another one does not keep the loop from its sockets. */
	private void runTasks() {
		this.tasks.drain(EventLoop::guarded);
	}

	/** A fault of our own costs one task, not all the connections of the loop. */
	private static void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			LOG.log(Level.ERROR, () -> "event loop task failed", ex);
		}
	}

	private static final class LoopThread extends Thread {

		LoopThread(Runnable loop, String name) {
			super(loop, name);
			setDaemon(true);
		}

	}

}
