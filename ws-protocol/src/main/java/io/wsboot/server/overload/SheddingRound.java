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
 * One round of {@link LoadShedding}: each loop names those of its connections that hold
 * something, the worst are chosen among all, and each is given up on its own loop. A loop
 * that does not answer for a second, as a handler on it does not return, is not waited
 * for any longer.
 */
final class SheddingRound {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	private final LoadShedding shedding;

	private final Load load;

	private final List<EventLoop> loops;

	private final Collection<Candidate> candidates = new ConcurrentLinkedQueue<>();

	/** What ends the timers that the loops have. */
	private final Collection<Runnable> cancellations = new ConcurrentLinkedQueue<>();

	/** Loops that have not named theirs. */
	private final AtomicInteger silent;

	private final AtomicBoolean chosen = new AtomicBoolean();

	private final AtomicBoolean ended = new AtomicBoolean();

	SheddingRound(LoadShedding shedding, Load load, List<EventLoop> loops) {
		this.shedding = shedding;
		this.load = load;
		this.loops = loops;
		this.silent = new AtomicInteger(loops.size());
	}

	void begin() {
		this.loops.forEach((loop) -> loop.execute(() -> name(loop)));
	}

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

	/** On the loop that was the last to answer, or waits no longer. */
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
		later(loop, this::end); // at the latest, or to see what has changed till then
		AtomicInteger left = new AtomicInteger(worst.size());
		worst.forEach((connection) -> connection.loop().execute(() -> shed(connection, left)));
	}

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

	private void shed(Sheddable connection, AtomicInteger left) {
		try {
			this.shedding.shed(connection);
		}
		finally {
			// in the loop's next round, when what it held has been given up
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

	private record Candidate(Sheddable connection, long bytes) {
	}

}
