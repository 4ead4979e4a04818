package io.wsboot.server.topic;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.wsboot.TopicPosition;
import io.wsboot.server.config.TopicKind;
import io.wsboot.server.outbound.MessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of a topic, by size and age. Used in the steps of the topic's
 * {@link TopicOrder} only, unless a comment says otherwise.
 *
 * <pre>
 *  offset   last - size + 1                          last
 *           +------------+---   ---+------------+------------+
 *           | the oldest |   ...   |            | the newest | &lt;-- append
 *           +------------+---   ---+------------+------------+
 *            leaves when there are too many, too old, or too many bytes
 * </pre>
 */
final class TopicHistory {

	private final TopicKind kind;

	private final HistoryBudget budget;

	private final TopicOrder order;

	/** Which run of offsets this is, at random. */
	private String epoch = newEpoch();

	private final Deque<Entry> entries = new ArrayDeque<>(4);

	/** The offset of the newest message; 0 before the first. */
	private long last;

	/** When the history was used last, in nanoseconds. Any thread reads. */
	private volatile long used;

	/** Whether there are entries. Any thread reads. */
	private volatile boolean kept;

	TopicHistory(TopicKind kind, HistoryBudget budget, TopicOrder order, long now) {
		this.kind = kind;
		this.budget = budget;
		this.order = order;
		this.used = now;
	}

	/**
	 * A message that is kept.
	 *
	 * @param text whether the message is text
	 * @param payload the payload, whose position must stay
	 * @param time when the message was published, in nanoseconds
	 */
	record Entry(boolean text, ByteBuffer payload, long time) {

		int size() {
			return HistoryBudget.size(this.payload.remaining());
		}

	}

	private static String newEpoch() {
		return Long.toHexString(ThreadLocalRandom.current().nextLong());
	}

	/** The order of the topic. Any thread. */
	TopicOrder order() {
		return this.order;
	}

	/** Behind the newest message. */
	TopicPosition position() {
		return new TopicPosition(this.epoch, this.last);
	}

	/** When the history was used last, in nanoseconds. Any thread. */
	long used() {
		return this.used;
	}

	/** Whether the history takes memory. Any thread. */
	boolean isKept() {
		return this.kept;
	}

	/** Appends a message, which is forgotten at once if there is no memory for it. */
	TopicPosition append(MessageEncoder message, long now) {
		this.used = now;
		this.last++;
		expire(now);
		if (this.entries.size() == this.kind.historySize()) {
			removeOldest();
		}
		Entry entry = new Entry(message.isText(), message.payload().duplicate(), now);
		boolean room = this.budget.tryReserve(entry.size());
		while (!room && !this.entries.isEmpty()) {
			removeOldest();
			room = this.budget.tryReserve(entry.size());
		}
		if (room) {
			this.entries.addLast(entry);
		}
		this.kept = !this.entries.isEmpty();
		return position();
	}

	/**
	 * The messages behind a position.
	 * @return null if not all of them are known
	 */
	@Nullable List<Entry> since(TopicPosition position, long now) {
		this.used = now;
		expire(now);
		long missed = this.last - position.offset();
		if (!position.epoch().equals(this.epoch) || missed < 0 || missed > this.entries.size()) {
			return null;
		}
		return new ArrayList<>(this.entries).subList(this.entries.size() - (int) missed, this.entries.size());
	}

	/** Forgets what is too old. */
	void expire(long now) {
		long ttl = this.kind.historyTtl().toNanos();
		for (Entry oldest = this.entries.peekFirst(); oldest != null
				&& now - oldest.time >= ttl; oldest = this.entries.peekFirst()) {
			removeOldest();
		}
	}

	/** Forgets all messages, so that others have room. */
	void clear() {
		while (!this.entries.isEmpty()) {
			removeOldest();
		}
	}

	/**
	 * Begins a new epoch, as members may have missed a message: no client is told that it
	 * has all.
	 */
	void renew() {
		clear();
		this.epoch = newEpoch();
		this.last = 0;
	}

	private void removeOldest() {
		this.budget.release(this.entries.removeFirst().size());
		this.kept = !this.entries.isEmpty();
	}

}
