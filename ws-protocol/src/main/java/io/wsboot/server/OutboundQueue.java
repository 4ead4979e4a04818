package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Objects;

import io.wsboot.server.Outgoing.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one peer, in the order of writing. Where a frame may stand
 * between others is decided here, and nowhere else: a Pong goes before messages but never
 * into a frame, an urgent Close goes right behind the frame that is being written,
 * nothing but a Pong goes behind a Close (RFC 6455 §5.5.1, §5.5.2), and no message within
 * another. Holds no memory while empty. Not thread-safe.
 */
final class OutboundQueue {

	private @Nullable OutgoingItems items;

	private @Nullable Outgoing pong;

	/** While a message is sent piecewise. */
	private @Nullable OpenMessage open;

	/** Whether a Close is queued, or has been. */
	private boolean closed;

	private boolean ended;

	/** Not before a message has a key. */
	private @Nullable LatestMessages latest;

	/** How many messages have given way to newer ones, and have not been told of. */
	private int conflated;

	/** What is to be told of items that are done with. */
	private @Nullable ArrayDeque<Runnable> outcomes;

	/**
	 * Adds an item; the change of the number of bytes that wait, counting the item's own.
	 */
	long add(Outgoing item) {
		if (this.ended || (this.closed && item.kind != Kind.PONG)) {
			later(item, item::closed);
			return 0;
		}
		if (this.open != null && this.open.keepsOut(item)) {
			return addWaiting(this.open, item);
		}
		Outgoing older = (item.key != null) ? latest().add(item.key, item) : null;
		if (older != null) {
			this.conflated++;
			return older.giveWayTo(item);
		}
		long before = 0;
		switch (item.kind) {
			case PART -> {
				last(item);
				this.open = (this.open == null) ? new OpenMessage(Objects.requireNonNull(item.message)) : this.open;
			}
			case LAST_PART -> {
				last(item);
				endMessage();
			}
			case PONG -> before = addPong(item);
			case URGENT_CLOSE -> {
				before = giveUpMessages();
				last(item);
				this.closed = true;
			}
			case CLOSE -> {
				before = giveUpWaiting();
				last(item);
				this.closed = true;
			}
			default -> last(item);
		}
		return item.bytes.remaining() - before;
	}

	private long addWaiting(OpenMessage open, Outgoing item) {
		long before = open.bytes();
		if (open.add(item)) {
			this.conflated++;
		}
		return open.bytes() - before;
	}

	/**
	 * What had to wait for the end of a message goes behind it, perhaps as the next one.
	 */
	private void endMessage() {
		OpenMessage ended = this.open;
		this.open = null;
		if (ended != null) {
			ended.waiting().forEach(this::add);
		}
	}

	/**
	 * Nothing will end the message that is open, if one is, and so what waits for that.
	 */
	private long giveUpWaiting() {
		OpenMessage open = this.open;
		this.open = null;
		if (open == null) {
			return 0;
		}
		open.waiting().forEach((item) -> later(item, item::closed));
		return open.bytes();
	}

	private long addPong(Outgoing pong) {
		long replaced = 0;
		if (this.pong != null && this.pong.isUntouched() && queue().remove(this.pong)) {
			replaced = this.pong.bytes.remaining();
		}
		this.pong = pong;
		queue().addNext(pong);
		return replaced;
	}

	private long giveUpMessages() {
		Outgoing begun = queue().begun();
		long dropped = giveUpWaiting();
		for (Iterator<Outgoing> all = queue().iterator(); all.hasNext();) {
			Outgoing item = all.next();
			if (item.isData() && item != begun) {
				dropped += item.bytes.remaining();
				later(item, item::closed);
				all.remove();
			}
		}
		return dropped;
	}

	/**
	 * Drops the oldest message of which nothing has been written, but not the newest; its
	 * size, 0 if there is none.
	 */
	int dropOldest() {
		for (Iterator<Outgoing> all = queue().iterator(); all.hasNext();) {
			Outgoing item = all.next();
			if (item.isDroppable() && all.hasNext()) {
				all.remove();
				later(item, item::dropped);
				return item.bytes.remaining();
			}
		}
		Outgoing waiting = (this.open == null) ? null : this.open.takeOldest();
		if (waiting == null) {
			return 0;
		}
		later(waiting, waiting::dropped);
		return waiting.bytes.remaining();
	}

	/** How many messages have given way to newer ones since the last call. */
	int takeConflated() {
		int count = this.conflated;
		this.conflated = 0;
		return count;
	}

	/** How many bytes wait for the end of a message that is sent piecewise. */
	long waitingBytes() {
		return (this.open == null) ? 0 : this.open.bytes();
	}

	/** Takes note that a Close has been written: only Pongs may go behind it. */
	void close() {
		this.closed = true;
	}

	/** Gives everything up. */
	void clear() {
		if (this.items != null) {
			this.items.forEach((item) -> later(item, item::closed));
		}
		giveUpWaiting();
		this.items = null;
		this.pong = null;
		this.latest = null;
		this.ended = true;
	}

	/** Whether a message that is sent now would be the next to go out. */
	boolean isFree() {
		return isEmpty() && this.open == null;
	}

	boolean isEmpty() {
		return this.items == null || this.items.isEmpty();
	}

	/** Adds what is left of bytes that may have ended with a Close frame. */
	void addRest(Outgoing rest) {
		last(rest);
	}

	/** Copies what goes out next, as much as there is room for. */
	ByteBuffer copyTo(ByteBuffer out) {
		return queue().copyTo(out);
	}

	/** What goes out next, at most a number of bytes of it. */
	ByteBuffer next(int most) {
		return queue().next(most);
	}

	/** Takes note that bytes have been written. */
	void written(int count) {
		int left = count;
		while (left > 0 && !isEmpty()) {
			left = queue().written(left);
			Outgoing done = queue().pollWritten();
			if (done != null) {
				later(done, done::written);
				if (done.key != null) {
					latest().remove(done.key, done);
				}
			}
		}
		if (isEmpty()) {
			this.items = null;
			this.pong = null;
			this.latest = null;
		}
	}

	private void later(Outgoing item, Runnable outcome) {
		if (!item.isUnattended()) {
			if (this.outcomes == null) {
				this.outcomes = new ArrayDeque<>(4);
			}
			this.outcomes.add(outcome);
		}
	}

	/**
	 * Tells what became of items. Whoever hears of it may well send again, so this must
	 * not happen in the middle of anything.
	 */
	void tellOutcomes() {
		while (this.outcomes != null) {
			Runnable outcome = this.outcomes.poll();
			if (outcome == null) {
				this.outcomes = null;
				return;
			}
			outcome.run();
		}
	}

	private LatestMessages latest() {
		if (this.latest == null) {
			this.latest = new LatestMessages();
		}
		return this.latest;
	}

	private void last(Outgoing item) {
		queue().addLast(item);
	}

	private OutgoingItems queue() {
		if (this.items == null) {
			this.items = new OutgoingItems();
		}
		return this.items;
	}

}
