package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.WsServerObserver.ErrorKind;

/**
 * Keeps one {@link Load} of all connections together within its {@link MemoryBudget}:
 * gives up those that hold the most, in {@link SheddingRound}s, of which there is one at
 * a time.
 */
final class LoadShedding {

	private static final Log LOG = new Log();

	private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private final Load load;

	private final MemoryBudget budget;

	private final List<EventLoop> loops;

	private final WsServerObserver observer;

	private final NanoClock clock;

	/** Whether a round is under way; who sets it begins one. */
	private final AtomicBoolean underWay = new AtomicBoolean();

	/** Connections given up that the log does not know of. */
	private final AtomicInteger unlogged = new AtomicInteger();

	private long nextLog;

	private LoadShedding(Load load, MemoryBudget budget, List<EventLoop> loops, WsServerObserver observer,
			NanoClock clock) {
		this.load = load;
		this.budget = budget;
		this.loops = loops;
		this.observer = observer;
		this.clock = clock;
		this.nextLog = clock.nanoTime();
	}

	static LoadShedding of(Load load, WsServerOptions options, List<EventLoop> loops, WsServerObserver observer,
			NanoClock clock) {
		return new LoadShedding(load, new MemoryBudget(load.most(options)), loops, observer, clock);
	}

	MemoryBudget budget() {
		return this.budget;
	}

	/** Connections hold more, or less if negative. Any thread. */
	void held(long change) {
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

	/** Whether there is still too much. */
	boolean isNeeded() {
		return this.load.isTooMuch(this.budget);
	}

	/** On the connection's loop. */
	void shed(Connection connection) {
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
