package io.wsboot.server.overload;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.Log;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;

/**
 * Keeps one {@link Load} of all connections together within its {@link MemoryBudget}, by
 * closing the connections that hold the most. One {@link SheddingRound} at a time chooses
 * them.
 *
 * <pre>
 *          the budget is exceeded
 *  idle -----------------------------> round under way ---+
 *    ^                                    ^               |  the round has ended
 *    |                                    +---------------+  and still too much is held
 *    +----------------------------------------------------+  and enough is free
 * </pre>
 *
 * Any thread may call {@link #held} and {@link #begin}. A round calls the other methods,
 * each on the loop that its comment names.
 */
public final class LoadShedding {

	private static final Log LOG = new Log();

	private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private final Load load;

	private final MemoryBudget budget;

	private final List<EventLoop> loops;

	private final Function<EventLoop, ? extends Collection<? extends Sheddable>> connections;

	private final WsServerObserver observer;

	private final NanoClock clock;

	/** Whether a round is under way. The thread that sets the flag begins a round. */
	private final AtomicBoolean underWay = new AtomicBoolean();

	/** How many connections have been shed since the last log line. Any thread. */
	private final AtomicInteger unlogged = new AtomicInteger();

	/**
	 * When the next line may be logged. Used at the end of a round, of which there is one
	 * at a time.
	 */
	private long nextLog;

	private LoadShedding(Load load, MemoryBudget budget, List<EventLoop> loops,
			Function<EventLoop, ? extends Collection<? extends Sheddable>> connections, WsServerObserver observer,
			NanoClock clock) {
		this.load = load;
		this.budget = budget;
		this.loops = loops;
		this.connections = connections;
		this.observer = observer;
		this.clock = clock;
		this.nextLog = clock.nanoTime();
	}

	/**
	 * Creates the shedding of one kind of load.
	 * @param load the kind
	 * @param options the options, which have the limit
	 * @param loops all loops; the caller may still add loops before the first round
	 * @param connections returns the connections of a loop, and is called on that loop
	 * @param observer learns of each connection that is shed
	 * @param clock the clock
	 */
	public static LoadShedding of(Load load, WsServerOptions options, List<EventLoop> loops,
			Function<EventLoop, ? extends Collection<? extends Sheddable>> connections, WsServerObserver observer,
			NanoClock clock) {
		return new LoadShedding(load, new MemoryBudget(load.most(options)), loops, connections, observer, clock);
	}

	/** Returns the budget of this kind of load. Any thread. */
	public MemoryBudget budget() {
		return this.budget;
	}

	/**
	 * Called when a connection holds more bytes, or fewer. Any thread.
	 * @param change the difference in bytes; negative for fewer
	 */
	public void held(long change) {
		if (this.budget.add(change)) {
			begin();
		}
	}

	/** Begins a round, unless one is under way. Any thread. */
	void begin() {
		if (this.underWay.compareAndSet(false, true)) {
			new SheddingRound(this, this.load, this.loops).begin();
		}
	}

	/** Returns the connections of a loop. On that loop. */
	Collection<? extends Sheddable> connections(EventLoop loop) {
		return this.connections.apply(loop);
	}

	/** Has each loop run an action for each of its connections. Any thread. */
	void forEach(Consumer<Sheddable> action) {
		this.loops.forEach((loop) -> loop.execute(() -> connections(loop).forEach(action)));
	}

	/** Whether connections must be shed. Any thread. */
	boolean isNeeded() {
		return this.load.isTooMuch(this.budget);
	}

	/** Sheds a connection. On the connection's loop. */
	void shed(Sheddable connection) {
		if (connection.isGone()) {
			return;
		}
		this.unlogged.incrementAndGet();
		this.observer.error(ErrorKind.SHED);
		this.observer.limited(this.load.limit());
		this.load.shed(connection);
	}

	/**
	 * Called by a round at its end, on any loop. If still too much is held, the next
	 * round begins at once, as perhaps no connection ever adds a byte that would begin
	 * one.
	 */
	void ended() {
		log();
		this.underWay.set(false);
		if (isNeeded()) {
			begin();
		}
	}

	/** Logs how many connections have been shed, at most once a second. */
	private void log() {
		long now = this.clock.nanoTime();
		if (this.unlogged.get() > 0 && now - this.nextLog >= 0) {
			this.nextLog = now + LOG_INTERVAL;
			int count = this.unlogged.getAndSet(0);
			LOG.log(Level.WARNING, () -> "connections given up: " + count + ", as more than " + this.budget.max()
					+ " bytes (" + this.load.option() + ") waited in all", null);
		}
	}

}
