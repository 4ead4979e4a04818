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

	private @Nullable ArrayDeque<Outgoing> items;

	private @Nullable Outgoing pong;

	/** While a message is sent piecewise. */
	private @Nullable OpenMessage open;

	/** Whether a Close is queued, or has been. */
	private boolean closed;

	private boolean ended;

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
			return item.bytes.remaining();
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
		splitFirst();
		Outgoing first = queue().poll();
		boolean begun = first != null && !first.isUntouched();
		if (first != null && !begun) {
			queue().addFirst(first);
		}
		queue().addFirst(pong);
		if (first != null && begun) {
			queue().addFirst(first);
		}
		return replaced;
	}

	private long giveUpMessages() {
		splitFirst();
		Outgoing first = queue().peek();
		Outgoing begun = (first == null || first.isUntouched()) ? null : first;
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

	/** Parts a message of several frames behind the one that is being written. */
	private void splitFirst() {
		Outgoing first = queue().peek();
		Outgoing later = (first == null || first.isUntouched()) ? null : first.laterFrames();
		if (first != null && later != null) {
			queue().poll();
			queue().addFirst(later);
			queue().addFirst(first.currentFrame());
		}
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
		for (Outgoing item : queue()) {
			int count = Math.min(item.bytes.remaining(), out.remaining());
			out.put(out.position(), item.bytes, item.bytes.position(), count).position(out.position() + count);
			if (!out.hasRemaining()) {
				break;
			}
		}
		return out;
	}

	/**
	 * What goes out next, at most a number of bytes of it, copied only if it is in
	 * several pieces.
	 */
	ByteBuffer next(int most) {
		ByteBuffer first = queue().element().bytes;
		if (queue().size() == 1 || first.remaining() >= most) {
			return first.duplicate().limit(first.position() + Math.min(first.remaining(), most));
		}
		long waiting = 0;
		for (Outgoing item : queue()) {
			waiting += item.bytes.remaining();
		}
		return copyTo(ByteBuffer.allocate((int) Math.min(waiting, most))).flip();
	}

	/** Takes note that bytes have been written. */
	void written(int count) {
		int left = count;
		while (left > 0 && !isEmpty()) {
			Outgoing first = queue().element();
			int part = Math.min(left, first.bytes.remaining());
			first.bytes.position(first.bytes.position() + part);
			left -= part;
			if (!first.bytes.hasRemaining()) {
				queue().poll();
				later(first, first::written);
			}
		}
		if (isEmpty()) {
			this.items = null;
			this.pong = null;
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

	private void last(Outgoing item) {
		queue().addLast(item);
	}

	private ArrayDeque<Outgoing> queue() {
		if (this.items == null) {
			this.items = new ArrayDeque<>(4);
		}
		return this.items;
	}

}
