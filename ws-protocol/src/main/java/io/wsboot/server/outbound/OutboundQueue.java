package io.wsboot.server.outbound;

import java.util.Objects;

import io.wsboot.server.outbound.PendingWrite.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one peer, in the order of writing. This class alone decides
 * which frame may stand between which others (RFC 6455 §5.4, §5.5): a Pong goes before
 * messages but never into a frame, an urgent Close goes right behind the frame that is
 * being written, nothing but a Pong goes behind a Close, and no message within another.
 * <p>
 * An empty queue holds no memory. The drainer of the {@link Outbound} uses the queue and
 * all its fields, and no other thread, but for {@link #outcomes()}.
 */
final class OutboundQueue {

	/** Null while nothing is queued. */
	private @Nullable PendingWrites items;

	/** The last Pong that was queued; may have been written. */
	private @Nullable PendingWrite pong;

	/** Null unless a streamed message has begun. */
	private @Nullable StreamedMessageGate open;

	/** Whether a Close is queued, or has been. */
	private boolean closed;

	/** Whether everything has been given up. */
	private boolean ended;

	/** How many messages have given way to newer ones since they were last asked for. */
	private int conflated;

	/**
	 * Null if nothing was left to tell when the queue became empty last. Written by the
	 * drainer, read by any thread.
	 */
	private volatile @Nullable Outcomes outcomes;

	/** How many bytes wait, those behind a streamed message included. */
	long bytes() {
		return ((this.items == null) ? 0 : this.items.bytes()) + waitingBytes();
	}

	/**
	 * Adds a write where it belongs.
	 * @return by how many bytes the queue has grown, or shrunk if negative
	 */
	long add(PendingWrite write) {
		long before = bytes();
		if (this.ended || (this.closed && write.kind != Kind.PONG)) {
			later(write, write::closed);
		}
		else if (this.open != null && this.open.keepsOut(write)) {
			add(this.open.waiting(), write);
		}
		else {
			addInOrder(write);
		}
		return bytes() - before;
	}

	private void addInOrder(PendingWrite write) {
		switch (write.kind) {
			case PART -> {
				last(write);
				this.open = (this.open == null) ? new StreamedMessageGate(Objects.requireNonNull(write.message))
						: this.open;
			}
			case LAST_PART -> {
				last(write);
				endMessage();
			}
			case PONG -> addPong(write);
			case URGENT_CLOSE -> {
				giveUpMessages();
				last(write);
				this.closed = true;
			}
			case CLOSE -> {
				giveUpWaiting();
				last(write);
				this.closed = true;
			}
			default -> last(write);
		}
	}

	private void last(PendingWrite write) {
		add(items(), write);
	}

	private void add(PendingWrites items, PendingWrite write) {
		if (items.add(write)) {
			this.conflated++;
		}
	}

	/** Messages that had to wait for the end of the streamed message go behind it. */
	private void endMessage() {
		StreamedMessageGate ended = this.open;
		this.open = null;
		if (ended != null) {
			ended.waiting().forEach(this::add);
		}
	}

	/** Nothing will end the streamed message, so what waits for its end is given up. */
	private void giveUpWaiting() {
		StreamedMessageGate open = this.open;
		this.open = null;
		if (open != null) {
			open.waiting().forEach((write) -> later(write, write::closed));
		}
	}

	private void addPong(PendingWrite pong) {
		if (this.pong != null && this.pong.isUntouched()) {
			items().remove(this.pong);
		}
		this.pong = pong;
		items().addNext(pong);
	}

	private void giveUpMessages() {
		giveUpWaiting();
		items().takeMessages((write) -> later(write, write::closed));
	}

	/**
	 * Drops the oldest message of which nothing has been written, but never the newest.
	 * @return how many bytes are dropped; 0 if there is no such message
	 */
	int dropOldest() {
		PendingWrite oldest = (this.items == null) ? null : this.items.takeOldestMessage();
		if (oldest == null) {
			oldest = (this.open == null) ? null : this.open.waiting().takeOldestMessage();
		}
		if (oldest == null) {
			return 0;
		}
		later(oldest, oldest::dropped);
		return oldest.bytes.remaining();
	}

	/** How many messages have given way to newer ones since the last call. */
	int takeConflated() {
		int count = this.conflated;
		this.conflated = 0;
		return count;
	}

	/** How many bytes wait for the end of a streamed message. */
	long waitingBytes() {
		return (this.open == null) ? 0 : this.open.waiting().bytes();
	}

	/** A Close has been written, so that only Pongs may follow. */
	void close() {
		this.closed = true;
	}

	/** Gives everything up, and whatever is added later. */
	void clear() {
		if (this.items != null) {
			this.items.forEach((write) -> later(write, write::closed));
		}
		giveUpWaiting();
		this.items = null;
		this.pong = null;
		this.ended = true;
	}

	/** Whether a message that is added now would be the next to go out. */
	boolean isFree() {
		return isEmpty() && this.open == null && !this.ended;
	}

	boolean isEmpty() {
		return this.items == null || this.items.isEmpty();
	}

	/** Takes bytes away that have been written. */
	void written(int count) {
		items().written(count, (write) -> later(write, write::written));
		if (isEmpty()) {
			this.items = null;
			this.pong = null;
			Outcomes outcomes = this.outcomes;
			if (outcomes != null && outcomes.isEmpty()) {
				this.outcomes = null;
			}
		}
	}

	private void later(PendingWrite write, Runnable outcome) {
		if (!write.isUnattended()) {
			later(outcome);
		}
	}

	/** Leaves something to be told when the thread is the drainer no longer. */
	void later(Runnable outcome) {
		Outcomes outcomes = this.outcomes;
		if (outcomes == null) {
			outcomes = new Outcomes();
			this.outcomes = outcomes;
		}
		outcomes.add(outcome);
	}

	/**
	 * What is to be told of writes that are done with; null if nothing is. Any thread.
	 */
	@Nullable Outcomes outcomes() {
		return this.outcomes;
	}

	/**
	 * What goes out next. What is added here goes behind everything, even behind a Close
	 * frame.
	 */
	PendingWrites items() {
		if (this.items == null) {
			this.items = new PendingWrites();
		}
		return this.items;
	}

}
