package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.server.WsServerObserver.ErrorKind;

/**
 * Keeps all outbound queues together within the {@link OutboundBudget}: gives up those
 * that hold the most. It does so in rounds, of which there is one at a time: each loop
 * names its connections with bytes waiting, the worst are chosen among all, and each is
 * closed on its own loop. A peer that is sent its Close frame may still hold the frame
 * that it was in the middle of; if that is too much too, a later round drops the
 * connection.
 */
final class LoadShedding {

	private static final Log LOG = new Log();

	private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private static final CloseStatus STATUS = CloseStatus.TRY_AGAIN_LATER.withReason("server has too much waiting");

	private final OutboundBudget budget;

	private final List<EventLoop> loops;

	private final WsServerObserver observer;

	private final NanoClock clock;

	/** Whether a round is under way; who sets it begins one. */
	private final AtomicBoolean underWay = new AtomicBoolean();

	/** Connections given up that the log does not know of. */
	private final AtomicInteger unlogged = new AtomicInteger();

	private long nextLog;

	LoadShedding(OutboundBudget budget, List<EventLoop> loops, WsServerObserver observer, NanoClock clock) {
		this.budget = budget;
		this.loops = loops;
		this.observer = observer;
		this.clock = clock;
		this.nextLog = clock.nanoTime();
	}

	OutboundBudget budget() {
		return this.budget;
	}

	/** More waits for a peer, or less if negative. Any thread. */
	void queued(long change) {
		if (this.budget.add(change)) {
			begin();
		}
	}

	private void begin() {
		if (!this.underWay.compareAndSet(false, true)) {
			return;
		}
		Collection<Candidate> candidates = new ConcurrentLinkedQueue<>();
		AtomicInteger left = new AtomicInteger(this.loops.size());
		for (EventLoop loop : this.loops) {
			loop.execute(() -> {
				try {
					loop.connections().forEach((connection) -> addIfWaiting(candidates, connection));
				}
				finally {
					if (left.decrementAndGet() == 0) {
						shed(worst(candidates));
					}
				}
			});
		}
	}

	private static void addIfWaiting(Collection<Candidate> candidates, Connection connection) {
		long queued = connection.outbound().room().queued();
		if (queued > 0) {
			candidates.add(new Candidate(connection, queued));
		}
	}

	private List<Connection> worst(Collection<Candidate> candidates) {
		List<Candidate> sorted = new ArrayList<>(candidates);
		sorted.sort(Comparator.comparingLong(Candidate::queued).reversed());
		List<Connection> worst = new ArrayList<>();
		long excess = this.budget.isExceeded() ? this.budget.excess() : 0;
		for (Candidate candidate : sorted) {
			if (excess <= 0) {
				break;
			}
			excess -= candidate.queued();
			worst.add(candidate.connection());
		}
		return worst;
	}

	private void shed(List<Connection> worst) {
		if (worst.isEmpty()) {
			this.underWay.set(false);
			return;
		}
		AtomicInteger left = new AtomicInteger(worst.size());
		for (Connection connection : worst) {
			EventLoop loop = connection.loop();
			loop.execute(() -> {
				try {
					shed(connection);
				}
				finally {
					// in the loop's next round, when the queue has been given up
					loop.execute(() -> {
						if (left.decrementAndGet() == 0) {
							end();
						}
					});
				}
			});
		}
	}

	private void shed(Connection connection) {
		if (connection.isGone()) {
			return;
		}
		this.unlogged.incrementAndGet();
		this.observer.error(ErrorKind.SHED);
		if (connection.protocol().mayClose()) {
			connection.close(STATUS, true);
		}
		else {
			connection.drop();
		}
	}

	private void end() {
		long now = this.clock.nanoTime();
		if (now - this.nextLog >= 0) {
			this.nextLog = now + LOG_INTERVAL;
			int count = this.unlogged.getAndSet(0);
			LOG.log(Level.WARNING, () -> "connections of slow readers given up: " + count + ", as more than "
					+ this.budget.max() + " bytes (outbound.max-total-queued) waited in all", null);
		}
		this.underWay.set(false);
		if (this.budget.isExceeded()) {
			begin(); // nobody else may ever queue a byte
		}
	}

	private record Candidate(Connection connection, long queued) {
	}

}
