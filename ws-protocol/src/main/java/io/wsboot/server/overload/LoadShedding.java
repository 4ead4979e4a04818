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
 * Keeps one {@link Load} of all connections together within its {@link MemoryBudget}:
 * gives up those that hold the most, in {@link SheddingRound}s, of which there is one at
 * a time.
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

	/** Whether a round is under way; who sets it begins one. */
	private final AtomicBoolean underWay = new AtomicBoolean();

	/** Connections given up that the log does not know of. */
	private final AtomicInteger unlogged = new AtomicInteger();

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
	 * Sheds one kind of load.
	 * @param load the kind
	 * @param options have the limit
	 * @param loops all loops, which may be added later
	 * @param connections the connections of a loop, asked for on the loop
	 * @param observer told of each connection that is given up
	 * @param clock the time
	 */
	public static LoadShedding of(Load load, WsServerOptions options, List<EventLoop> loops,
			Function<EventLoop, ? extends Collection<? extends Sheddable>> connections, WsServerObserver observer,
			NanoClock clock) {
		return new LoadShedding(load, new MemoryBudget(load.most(options)), loops, connections, observer, clock);
	}

	public MemoryBudget budget() {
		return this.budget;
	}

	/** Connections hold more, or less if negative. Any thread. */
	public void held(long change) {
		if (this.budget.add(change)) {
			begin();
		}
	}

	/** The budget is exceeded. Any thread. */
	void begin() {
		if (this.underWay.compareAndSet(false, true)) {
			new SheddingRound(this, this.load, this.loops).begin();
		}
	}

	/** The connections of a loop. On the loop. */
	Collection<? extends Sheddable> connections(EventLoop loop) {
		return this.connections.apply(loop);
	}

	/** Has the loops do something to each connection. Any thread. */
	void forEach(Consumer<Sheddable> action) {
		this.loops.forEach((loop) -> loop.execute(() -> connections(loop).forEach(action)));
	}

	/** Whether there is still too much. */
	boolean isNeeded() {
		return this.load.isTooMuch(this.budget);
	}

	/** On the connection's loop. */
	void shed(Sheddable connection) {
		if (connection.isGone()) {
			return;
		}
		this.unlogged.incrementAndGet();
		this.observer.error(ErrorKind.SHED);
		this.observer.limited(this.load.limit());
		this.load.shed(connection);
	}

	/** A round is over. The next one begins at once, as nobody may ever add a byte. */
	void ended() {
		log();
		this.underWay.set(false);
		if (isNeeded()) {
			begin();
		}
	}

	/** In a round, of which there is one at a time. */
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
