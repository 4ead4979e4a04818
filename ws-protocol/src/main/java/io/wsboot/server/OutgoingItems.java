package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * Items in the order in which they are written, of which the first may be in the middle
 * of a frame. Not thread-safe.
 */
final class OutgoingItems implements Iterable<Outgoing> {

	private final ArrayDeque<Outgoing> items = new ArrayDeque<>(4);

	boolean isEmpty() {
		return this.items.isEmpty();
	}

	void addLast(Outgoing item) {
		this.items.addLast(item);
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
	}

	boolean remove(Outgoing item) {
		return this.items.remove(item);
	}

	/**
	 * The frame that is being written, parted from those of its message that follow; null
	 * if none is.
	 */
	@Nullable Outgoing begun() {
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
	@Override
	public Iterator<Outgoing> iterator() {
		return this.items.iterator();
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
		long waiting = 0;
		for (Outgoing item : this.items) {
			waiting += item.bytes.remaining();
		}
		return copyTo(ByteBuffer.allocate((int) Math.min(waiting, most))).flip();
	}

	/**
	 * Takes note that bytes have been written.
	 * @return how many of them are not of the first item
	 */
	int written(int count) {
		ByteBuffer first = this.items.element().bytes;
		int part = Math.min(count, first.remaining());
		first.position(first.position() + part);
		return count - part;
	}

	/** Takes the first item away if all of it has been written; else null. */
	@Nullable Outgoing pollWritten() {
		return this.items.element().bytes.hasRemaining() ? null : this.items.poll();
	}

}
