package io.wsboot.server.topic;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.wsboot.server.outbound.MessageEncoder;

/**
 * The members of one topic that live on one event loop. The table belongs to the loop;
 * other threads read only what publishers must know.
 */
final class LoopMembers implements TopicUse {

	private static final AtomicIntegerFieldUpdater<LoopMembers> EXPECTED = AtomicIntegerFieldUpdater
		.newUpdater(LoopMembers.class, "expected");

	private final TopicUse topic;

	private final SubscriptionTable table = new SubscriptionTable();

	/** How many members there are, or will be when the loop has done its tasks. */
	private volatile int expected;

	/**
	 * The encodings that members need. The loop counts anew with each message, so the
	 * encodings of members that have left are forgotten.
	 */
	private volatile int encodings;

	LoopMembers(TopicUse topic) {
		this.topic = topic;
	}

	/** A member is on the way; {@link #release} must follow. Any thread. */
	void expect() {
		EXPECTED.incrementAndGet(this);
	}

	/** How many members there are, or will be. Any thread. */
	int expected() {
		return this.expected;
	}

	/** Whether a message may find a member on the loop. Any thread. */
	boolean isExpecting() {
		return this.expected > 0;
	}

	/** A member that was expected has left, or does not come. Any thread. */
	@Override
	public void release() {
		EXPECTED.decrementAndGet(this);
		this.topic.release();
	}

	/** The encodings that the loop's members need, as far as is known. Any thread. */
	int encodings() {
		return this.encodings;
	}

	/** The members. On the loop. */
	SubscriptionTable table() {
		return this.table;
	}

	/** Adds a member that was expected. On the loop. */
	void add(Subscription subscription) {
		this.table.put(subscription);
		this.encodings |= subscription.member.encodings();
	}

	/** Delivers a message to all members but some. On the loop. */
	void deliver(MessageEncoder message, List<TopicMember> except) {
		int[] needed = { 0 };
		this.table.forEach((subscription) -> {
			TopicMember member = subscription.member;
			needed[0] |= member.encodings();
			if (except.isEmpty() || !except.contains(member)) {
				member.deliver(message);
			}
		});
		this.encodings = needed[0];
	}

}
