package io.wsboot.server.topic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.wsboot.server.spi.WsServerObserver.Limit;

/**
 * Forgets histories: every ten seconds what is too old, and, when a message needs room,
 * the histories that were used least recently. Any thread.
 */
final class HistorySweep {

	private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private final TopicContext context;

	private final HistoryBudget budget;

	private final Collection<Topic> topics;

	/** Whether a sweep will come. */
	private final AtomicBoolean scheduled = new AtomicBoolean();

	/**
	 * A sweep that is not scheduled.
	 * @param topics the topics, which come and go
	 */
	HistorySweep(TopicContext context, HistoryBudget budget, Collection<Topic> topics) {
		this.context = context;
		this.budget = budget;
		this.topics = topics;
	}

	/** Schedules sweeps, as long as there are histories. */
	void schedule() {
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			this.context.later().run(this::sweep, INTERVAL);
		}
	}

	private void sweep() {
		kept().forEach((topic) -> change(topic, (history) -> history.expire(this.context.now())));
		this.scheduled.set(false);
		if (!kept().isEmpty()) { // perhaps since a moment ago
			schedule();
		}
	}

	/**
	 * Makes room for a message, as far as histories of other topics can.
	 * @param size the payload in bytes
	 */
	void makeRoom(Topic asking, int size) {
		int bytes = HistoryBudget.size(size);
		if (this.budget.missing(bytes) <= 0) {
			return;
		}
		this.context.observer().limited(Limit.TOPIC_HISTORY);
		List<Topic> oldest = kept().stream()
			.filter((topic) -> topic != asking)
			.sorted(Comparator.comparingLong((topic) -> history(topic).used() - this.context.now()))
			.toList();
		for (Topic next : oldest) {
			if (this.budget.missing(bytes + this.budget.share()) <= 0) {
				return;
			}
			change(next, TopicHistory::clear);
		}
	}

	private List<Topic> kept() {
		return this.topics.stream().filter((topic) -> topic.history() != null && history(topic).isKept()).toList();
	}

	private static TopicHistory history(Topic topic) {
		return Objects.requireNonNull(topic.history());
	}

	private static void change(Topic topic, Consumer<TopicHistory> change) {
		if (topic.tryUse()) {
			TopicHistory history = history(topic);
			history.order().execute(() -> {
				change.accept(history);
				topic.keepForHistory();
				topic.release();
				return null;
			});
		}
	}

}
