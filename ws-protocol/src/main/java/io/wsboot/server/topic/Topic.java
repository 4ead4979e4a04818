package io.wsboot.server.topic;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A topic that is in use: it has members, or is about to have some, or keeps a history.
 * Any thread.
 *
 * <pre>
 *              tryUse()                 forgetIfUnused()
 *  n &gt; 0 uses &lt;----------- 0 uses ------------------------&gt; forgotten, for good
 *             -----------&gt;
 *           the last release()
 * </pre>
 */
final class Topic implements TopicUse {

	/** The value of {@link #uses} of a forgotten topic. */
	private static final int FORGOTTEN = Integer.MIN_VALUE;

	private final String name;

	private final @Nullable TopicHistory history;

	private final Consumer<Topic> forget;

	/** The members by loop; null where there have been none. */
	private final AtomicReferenceArray<@Nullable LoopMembers> loops;

	private final AtomicInteger uses = new AtomicInteger();

	/** Whether one of the uses is that of the history. Used in steps of its order. */
	private boolean keptForHistory;

	/**
	 * A topic without uses.
	 * @param history the history; null if the topic keeps none
	 * @param loops the number of event loops
	 * @param forget called once with this topic, when it is forgotten
	 */
	Topic(String name, @Nullable TopicHistory history, int loops, Consumer<Topic> forget) {
		this.name = name;
		this.history = history;
		this.loops = new AtomicReferenceArray<>(loops);
		this.forget = forget;
	}

	String name() {
		return this.name;
	}

	/** The last messages; null if the topic keeps none. */
	@Nullable TopicHistory history() {
		return this.history;
	}

	/** How many members there are, or are on the way. */
	int count() {
		int count = 0;
		for (int i = 0; i < this.loops.length(); i++) {
			LoopMembers members = this.loops.get(i);
			count += (members != null) ? members.expected() : 0;
		}
		return count;
	}

	/**
	 * Uses the topic, until {@link #release}.
	 * @return false if the topic is forgotten
	 */
	boolean tryUse() {
		int uses;
		do {
			uses = this.uses.get();
			if (uses == FORGOTTEN) {
				return false;
			}
		}
		while (!this.uses.compareAndSet(uses, uses + 1));
		return true;
	}

	/**
	 * Expects a member, for whom the topic is used already.
	 * @param loop the index of the member's loop
	 * @return where the member will be; {@link LoopMembers#release} must follow, which
	 * releases the topic, too
	 */
	LoopMembers expect(int loop) {
		LoopMembers members = this.loops.get(loop);
		if (members == null) {
			members = new LoopMembers(this);
			LoopMembers other = this.loops.compareAndExchange(loop, null, members);
			members = (other != null) ? other : members;
		}
		members.expect();
		return members;
	}

	/** The members on a loop; null if there have been none. */
	@Nullable LoopMembers members(int loop) {
		return this.loops.get(loop);
	}

	/**
	 * Uses the topic as long as there are messages in the history. Called in a step of
	 * the topic's order that may have changed the history, and that uses the topic.
	 */
	void keepForHistory() {
		boolean kept = this.history != null && this.history.isKept();
		if (kept != this.keptForHistory) {
			this.keptForHistory = kept;
			this.uses.addAndGet(kept ? 1 : -1);
		}
	}

	@Override
	public void release() {
		this.uses.decrementAndGet();
		forgetIfUnused();
	}

	/** Forgets the topic, unless somebody uses it. */
	private void forgetIfUnused() {
		if (this.uses.compareAndSet(0, FORGOTTEN)) {
			this.forget.accept(this);
		}
	}

}
