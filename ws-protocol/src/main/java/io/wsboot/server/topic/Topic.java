package io.wsboot.server.topic;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A topic that has members, or is about to have some. Any thread.
 *
 * <pre>
 *             tryExpect()               forgetIfUnused()
 *  n &gt; 0 uses &lt;----------- 0 uses ------------------------&gt; forgotten, for good
 *             -----------&gt;
 *           the last release()
 * </pre>
 */
final class Topic implements TopicUse {

	/** The value of {@link #uses} of a forgotten topic. */
	private static final int FORGOTTEN = Integer.MIN_VALUE;

	private final String name;

	private final Consumer<Topic> forget;

	/** The members by loop; null where there have been none. */
	private final AtomicReferenceArray<@Nullable LoopMembers> loops;

	private final AtomicInteger uses = new AtomicInteger();

	/**
	 * A topic without uses.
	 * @param loops the number of event loops
	 * @param forget called once with this topic, when it is forgotten
	 */
	Topic(String name, int loops, Consumer<Topic> forget) {
		this.name = name;
		this.loops = new AtomicReferenceArray<>(loops);
		this.forget = forget;
	}

	String name() {
		return this.name;
	}

	/** How many members there are, or are on the way. */
	int count() {
		return Math.max(0, this.uses.get());
	}

	/**
	 * Expects a member.
	 * @param loop the index of the member's loop
	 * @return where the member will be, {@link LoopMembers#release} must follow; null if
	 * the topic is forgotten
	 */
	@Nullable LoopMembers tryExpect(int loop) {
		LoopMembers members = makeMembers(loop);
		int uses;
		do {
			uses = this.uses.get();
			if (uses == FORGOTTEN) {
				return null;
			}
		}
		while (!this.uses.compareAndSet(uses, uses + 1));
		members.expect();
		return members;
	}

	private LoopMembers makeMembers(int loop) {
		LoopMembers members = this.loops.get(loop);
		if (members == null) {
			members = new LoopMembers(this);
			LoopMembers other = this.loops.compareAndExchange(loop, null, members);
			members = (other != null) ? other : members;
		}
		return members;
	}

	/** The members on a loop; null if there have been none. */
	@Nullable LoopMembers members(int loop) {
		return this.loops.get(loop);
	}

	@Override
	public void release() {
		this.uses.decrementAndGet();
		forgetIfUnused();
	}

	/** Forgets the topic, unless somebody uses it. */
	void forgetIfUnused() {
		if (this.uses.compareAndSet(0, FORGOTTEN)) {
			this.forget.accept(this);
		}
	}

}
