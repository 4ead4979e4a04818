package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Items in the order in which they are written, of which the first may be in the middle
 * of a frame. Knows how many bytes they hold, as nobody else adds or removes any. Not
 * thread-safe.
 */
final class OutgoingItems {

	private final ArrayDeque<Outgoing> items = new ArrayDeque<>(4);

	private long bytes;

	boolean isEmpty() {
		return this.items.isEmpty();
	}

	/** How many bytes are left to write. */
	long bytes() {
		return this.bytes;
	}

	void addLast(Outgoing item) {
		this.items.addLast(item);
		this.bytes += item.bytes.remaining();
	}

	/** Adds an item right behind the frame that is being written. */
	void addNext(Outgoing item) {
		Outgoing begun = begun();
		if (begun != null) {
			this.items.poll();
		}
		this.items.addFirst(item);
		if (begun != null) {
			this.items.addFirst(begun);
		}
		this.bytes += item.bytes.remaining();
	}

	void remove(Outgoing item) {
		if (this.items.remove(item)) {
			this.bytes -= item.bytes.remaining();
		}
	}

	/** Puts the bytes of a newer item in the place of an older one's. */
	void replace(Outgoing older, Outgoing newer) {
		this.bytes += older.giveWayTo(newer);
	}

	/**
	 * Takes away the oldest message of which nothing has been written, but not the last
	 * item; null if there is none.
	 */
	@Nullable Outgoing takeOldestMessage() {
		for (Iterator<Outgoing> all = this.items.iterator(); all.hasNext();) {
			Outgoing item = all.next();
			if (item.isDroppable() && all.hasNext()) {
				all.remove();
				this.bytes -= item.bytes.remaining();
				return item;
			}
		}
		return null;
	}

	/** Takes away all messages, but for the frame that is being written. */
	void takeMessages(Consumer<Outgoing> taken) {
		Outgoing begun = begun();
		for (Iterator<Outgoing> all = this.items.iterator(); all.hasNext();) {
			Outgoing item = all.next();
			if (item.isData() && item != begun) {
				all.remove();
				this.bytes -= item.bytes.remaining();
				taken.accept(item);
			}
		}
	}

	/**
	 * The frame that is being written, parted from those of its message that follow; null
	 * if none is.
	 */
	private @Nullable Outgoing begun() {
		Outgoing first = this.items.peek();
		if (first == null || first.isUntouched()) {
			return null;
		}
		Outgoing later = first.laterFrames();
		if (later == null) {
			return first;
		}
		this.items.poll();
		this.items.addFirst(later);
		Outgoing begun = first.currentFrame();
		this.items.addFirst(begun);
		return begun;
	}

	/** From the first to the last. */
	void forEach(Consumer<Outgoing> action) {
		this.items.forEach(action);
	}

	/** Copies what goes out next, as much as there is room for. */
	ByteBuffer copyTo(ByteBuffer out) {
		for (Outgoing item : this.items) {
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
		ByteBuffer first = this.items.element().bytes;
		if (this.items.size() == 1 || first.remaining() >= most) {
			return first.duplicate().limit(first.position() + Math.min(first.remaining(), most));
		}
		return copyTo(ByteBuffer.allocate((int) Math.min(this.bytes, most))).flip();
	}

	/**
	 * Takes note that bytes have been written.
	 * @return how many of them are not of the first item
	 */
	int written(int count) {
		ByteBuffer first = this.items.element().bytes;
		int part = Math.min(count, first.remaining());
		first.position(first.position() + part);
		this.bytes -= part;
		return count - part;
	}

	/** Takes the first item away if all of it has been written; else null. */
	@Nullable Outgoing pollWritten() {
		return this.items.element().bytes.hasRemaining() ? null : this.items.poll();
	}

}
