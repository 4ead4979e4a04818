package io.wsboot.server.topic;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import io.wsboot.server.loop.OutboundLoop;
import io.wsboot.server.outbound.MessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one event loop are subscribed to. Other threads leave tasks for
 * the loop; the loop does these tasks one after another, so a message reaches the members
 * whose subscription was left before the message. Methods run on the loop unless their
 * comments say otherwise.
 *
 * <pre>
 *  any thread --&gt; subscribe, deliver, unsubscribe, deliver ... --&gt; the loop
 * </pre>
 */
final class LoopTopics {

	/** What a message that waits for the loop costs beside its payload, in bytes. */
	private static final int OVERHEAD = 256;

	private final int maxSubscriptions;

	private final long maxPending;

	/** The newest subscription of each session. */
	private final SubscriptionTable newest = new SubscriptionTable();

	/** The bytes of published messages that wait for the loop. Any thread. */
	private final AtomicLong pending = new AtomicLong();

	/** Whether the loop is in the middle of a table of members. */
	private boolean delivering;

	LoopTopics(int maxSubscriptions, long maxPending) {
		this.maxSubscriptions = maxSubscriptions;
		this.maxPending = maxPending;
	}

	/** What became of a subscription. */
	enum Subscribed {

		/** The session is a member now. */
		NOW,

		/** The session was a member before. */
		BEFORE,

		/** The session has too many subscriptions. */
		TOO_MANY

	}

	/** Makes an open session a member that the topic expects. */
	Subscribed subscribe(TopicMember member, LoopMembers topic) {
		if (topic.table().get(member) != null) {
			return Subscribed.BEFORE;
		}
		Subscription older = this.newest.get(member);
		int count = (older != null) ? older.count : 0;
		if (count >= this.maxSubscriptions) {
			return Subscribed.TOO_MANY;
		}
		Subscription added = new Subscription(member, topic);
		added.count = count + 1;
		added.older = older;
		topic.add(added);
		try {
			this.newest.put(added);
		}
		catch (Throwable ex) {
			topic.table().remove(member);
			throw ex;
		}
		if (older != null) {
			older.newer = added;
		}
		return Subscribed.NOW;
	}

	/** Ends the subscription of a session, if there is one. */
	void unsubscribe(TopicMember member, LoopMembers topic) {
		Subscription ended = topic.table().get(member);
		if (ended != null) {
			unlink(ended);
			leave(ended);
		}
	}

	/** Takes a subscription out of the list of its session. */
	private void unlink(Subscription ended) {
		Subscription older = ended.older;
		Subscription newer = ended.newer;
		if (older != null) {
			older.newer = newer;
		}
		if (newer != null) {
			newer.older = older;
			Objects.requireNonNull(this.newest.get(ended.member)).count--;
		}
		else if (older != null) {
			older.count = ended.count - 1;
			this.newest.put(older);
		}
		else {
			this.newest.remove(ended.member);
		}
	}

	private static void leave(Subscription ended) {
		ended.topic.table().remove(ended.member);
		ended.topic.release();
	}

	/** A session has ended, and leaves all topics. */
	void ended(TopicMember member, OutboundLoop loop) {
		if (this.newest.size() == 0 || this.newest.get(member) == null) {
			return;
		}
		if (this.delivering) { // foreign code has ended the session of another member
			loop.execute(() -> leaveAll(member));
		}
		else {
			leaveAll(member);
		}
	}

	private void leaveAll(TopicMember member) {
		Subscription next = this.newest.get(member);
		this.newest.remove(member);
		while (next != null) {
			leave(next);
			next = next.older;
		}
	}

	/**
	 * Whether the loop may be left one more message. Any thread.
	 * @param size the payload in bytes
	 */
	boolean hasRoom(int size) {
		long pending = this.pending.get();
		return pending == 0 || pending + size + OVERHEAD <= this.maxPending;
	}

	/**
	 * Leaves a message for the members of a topic that live on the loop. Any thread.
	 * @param message an encoder for the loop alone
	 */
	void publish(OutboundLoop loop, LoopMembers topic, MessageEncoder message, List<TopicMember> except) {
		int size = message.size() + OVERHEAD;
		this.pending.addAndGet(size);
		try {
			loop.execute(() -> deliver(topic, message, except, size));
		}
		catch (Throwable ex) {
			this.pending.addAndGet(-size);
			throw ex;
		}
	}

	private void deliver(LoopMembers topic, MessageEncoder message, List<TopicMember> except, int size) {
		this.delivering = true;
		try {
			topic.deliver(message, except);
		}
		finally {
			this.delivering = false;
			this.pending.addAndGet(-size);
		}
	}

	/** How many sessions are subscribed. */
	int sessions() {
		return this.newest.size();
	}

}
