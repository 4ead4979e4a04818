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

	private final int most;

	private final int loops;

	TopicRegistry(int most, int loops) {
		this.most = most;
		this.loops = loops;
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

	/**
	 * Expects a member of a topic, which is made if there is none.
	 * @param loop the index of the member's loop
	 * @return where the member will be, {@link LoopMembers#release} must follow; null if
	 * there are too many topics
	 */
	@Nullable LoopMembers expect(String name, int loop) {
		while (true) {
			Topic topic = this.topics.get(name);
			topic = (topic != null) ? topic : make(name);
			if (topic == null) {
				return null;
			}
			LoopMembers members = expect(topic, loop);
			if (members != null) {
				return members;
			}
			remove(topic); // instead of waiting until another thread does
		}
	}

	private @Nullable LoopMembers expect(Topic topic, int loop) {
		try {
			return topic.tryExpect(loop);
		}
		catch (OutOfMemoryError ex) {
			topic.forgetIfUnused();
			throw ex;
		}
	}

	/** Makes a topic, unless another thread has; null if there are too many. */
	private @Nullable Topic make(String name) {
		Topic added = new Topic(name, this.loops, this::remove);
		if (!tryCount()) {
			return this.topics.get(name); // which another thread may have made
		}
		Topic other = this.topics.putIfAbsent(name, added);
		if (other != null) {
			this.count.decrementAndGet();
		}
		return (other != null) ? other : added;
	}

	private boolean tryCount() {
		int count;
		do {
			count = this.count.get();
			if (count >= this.most) {
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
