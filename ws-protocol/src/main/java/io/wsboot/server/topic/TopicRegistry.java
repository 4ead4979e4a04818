package io.wsboot.server.topic;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The topics that are in use, by name, and at most so many. Any thread, without a lock on
 * the way of a message.
 */
final class TopicRegistry {

	private final ConcurrentMap<String, Topic> topics = new ConcurrentHashMap<>();

	private final AtomicInteger count = new AtomicInteger();

	private final TopicContext context;

	private final HistoryBudget budget;

	/** An array, so that no message costs an iterator. */
	private final TopicPattern[] kinds;

	TopicRegistry(TopicContext context, HistoryBudget budget) {
		this.context = context;
		this.budget = budget;
		this.kinds = context.options().kinds().stream().map(TopicPattern::of).toArray(TopicPattern[]::new);
	}

	/** Finds a topic; null if nobody uses it. */
	@Nullable Topic find(String name) {
		return this.topics.get(name);
	}

	/** The topics; the collection changes as topics come and go. */
	Collection<Topic> all() {
		return this.topics.values();
	}

	int count() {
		return this.count.get();
	}

	/** Whether a topic with a name keeps a history. */
	boolean keepsHistory(String name) {
		return kind(name) != null;
	}

	private @Nullable TopicPattern kind(String name) {
		for (TopicPattern kind : this.kinds) {
			if (kind.matches(name)) {
				return kind;
			}
		}
		return null;
	}

	/**
	 * Uses a topic, which is made if there is none.
	 * @return the topic, to be {@linkplain Topic#release released}; null if there are too
	 * many topics
	 */
	@Nullable Topic use(String name) {
		while (true) {
			Topic topic = this.topics.get(name);
			topic = (topic != null) ? topic : make(name);
			if (topic == null || topic.tryUse()) {
				return topic;
			}
			remove(topic); // instead of waiting until another thread does
		}
	}

	/** Makes a topic, unless another thread has; null if there are too many. */
	private @Nullable Topic make(String name) {
		Topic added = new Topic(name, history(name), this.context.loops(), this::remove);
		if (!tryCount()) {
			return this.topics.get(name); // which another thread may have made
		}
		Topic other = this.topics.putIfAbsent(name, added);
		if (other != null) {
			this.count.decrementAndGet();
		}
		return (other != null) ? other : added;
	}

	private @Nullable TopicHistory history(String name) {
		TopicPattern kind = kind(name);
		if (kind == null) {
			return null;
		}
		TopicOrder order = new TopicOrder(this.context.loop(Math.floorMod(name.hashCode(), this.context.loops())));
		return new TopicHistory(kind.kind(), this.budget, order, this.context.now());
	}

	private boolean tryCount() {
		int count;
		do {
			count = this.count.get();
			if (count >= this.context.options().maxTopics()) {
				return false;
			}
		}
		while (!this.count.compareAndSet(count, count + 1));
		return true;
	}

	private void remove(Topic topic) {
		if (this.topics.remove(topic.name(), topic)) {
			this.count.decrementAndGet();
		}
	}

}
