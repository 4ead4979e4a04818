package io.wsboot.server.overload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.TimerWheel.Timer;

/**
 * One round of {@link LoadShedding}.
 *
 * <pre>
 *          all loops have named their        all chosen connections
 *          connections, or 1 s               are shed, or 1 s
 *  naming ---------------------------> shedding -----------------------> ended
 *     |                                                                    ^
 *     +--------------------------------------------------------------------+
 *          nothing needs to be shed any more
 * </pre>
 *
 * Each loop names its connections that hold memory. The last loop that answers chooses
 * those that hold the most among all, and each is shed on its own loop. A loop that does
 * not answer within a second, because a handler on the loop does not return, is left out.
 * All fields are thread-safe.
 */
final class SheddingRound {

	/** How long a round waits for a loop, in nanoseconds. */
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	private final LoadShedding shedding;

	private final Load load;

	private final List<EventLoop> loops;

	private final Collection<Candidate> candidates = new ConcurrentLinkedQueue<>();

	/** Actions that cancel the timers of this round. */
	private final Collection<Runnable> cancellations = new ConcurrentLinkedQueue<>();

	/** How many loops have not named their connections. */
	private final AtomicInteger silent;

	/** Set by the loop that chooses. */
	private final AtomicBoolean chosen = new AtomicBoolean();

	/** Set by the loop that ends the round. */
	private final AtomicBoolean ended = new AtomicBoolean();

	SheddingRound(LoadShedding shedding, Load load, List<EventLoop> loops) {
		this.shedding = shedding;
		this.load = load;
		this.loops = loops;
		this.silent = new AtomicInteger(loops.size());
	}

	/** Begins the round. Any thread. */
	void begin() {
		this.loops.forEach((loop) -> loop.execute(() -> name(loop)));
	}

	/** Names a loop's connections. On that loop. */
	private void name(EventLoop loop) {
		try {
			if (!this.chosen.get()) {
				this.shedding.connections(loop).forEach(this::addIfHolding);
			}
		}
		finally {
			if (this.silent.decrementAndGet() == 0) {
				choose(loop);
			}
			else if (!this.chosen.get()) {
				later(loop, () -> choose(loop));
			}
		}
	}

	/**
	 * Runs a task on the current loop after {@link #PATIENCE}, unless the round ends
	 * before.
	 */
	private void later(EventLoop loop, Runnable task) {
		Timer timer = Timer.of(task);
		loop.timers().schedule(timer, loop.now() + PATIENCE);
		this.cancellations.add(() -> loop.execute(() -> loop.timers().cancel(timer)));
	}

	private void addIfHolding(Sheddable connection) {
		long bytes = this.load.of(connection);
		if (bytes > 0) {
			this.candidates.add(new Candidate(connection, bytes));
		}
	}

	/** Chooses, if no other loop has chosen. On a loop that has named its connections. */
	private void choose(EventLoop loop) {
		if (!this.chosen.compareAndSet(false, true)) {
			return;
		}
		List<Sheddable> worst = this.shedding.isNeeded() ? worst() : List.of();
		this.candidates.clear();
		if (worst.isEmpty() && !this.shedding.isNeeded()) {
			end();
			return;
		}
		later(loop, this::end); // at the latest, also if nothing was chosen
		AtomicInteger left = new AtomicInteger(worst.size());
		worst.forEach((connection) -> connection.loop().execute(() -> shed(connection, left)));
	}

	/** Returns the connections to shed, those that hold the most first. */
	private List<Sheddable> worst() {
		List<Candidate> sorted = new ArrayList<>(this.candidates);
		sorted.sort(Comparator.comparingLong(Candidate::bytes).reversed());
		List<Sheddable> worst = new ArrayList<>();
		long excess = this.shedding.budget().excess();
		if (!this.load.helps(sorted.stream().mapToLong(Candidate::bytes).sum(), excess)) {
			return worst;
		}
		for (Candidate candidate : sorted) {
			if (excess <= 0) {
				break;
			}
			excess -= candidate.bytes();
			worst.add(candidate.connection());
		}
		return worst;
	}

	/** Sheds a connection. On the connection's loop. */
	private void shed(Sheddable connection, AtomicInteger left) {
		try {
			this.shedding.shed(connection);
		}
		finally {
			// in the loop's next round, when the memory has been freed
			connection.loop().execute(() -> {
				if (left.decrementAndGet() == 0) {
					end();
				}
			});
		}
	}

	private void end() {
		if (this.ended.compareAndSet(false, true)) {
			this.cancellations.forEach(Runnable::run);
			this.shedding.ended();
		}
	}

	/**
	 * A connection and the bytes that shedding it would free.
	 *
	 * @param connection the connection
	 * @param bytes how many bytes
	 */
	private record Candidate(Sheddable connection, long bytes) {
	}

}
