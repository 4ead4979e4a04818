package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Pending writes in their order. The first may be in the middle of a frame. Counts the
 * bytes of all, as no other class adds or removes any. Not thread-safe.
 */
final class PendingWrites {

	private final ArrayDeque<PendingWrite> items = new ArrayDeque<>(4);

	/** The newest message of each key; null before the first message that has one. */
	private @Nullable Map<LatestKey, PendingWrite> latest;

	private long bytes;

	boolean isEmpty() {
		return this.items.isEmpty();
	}

	/** How many bytes all writes hold. */
	long bytes() {
		return this.bytes;
	}

	/**
	 * Adds a write: behind all others, or in the place of the older message with the same
	 * key, if nothing of the older message has been written.
	 * @return whether an older message has given way
	 */
	boolean add(PendingWrite write) {
		PendingWrite older = (write.key != null) ? newest(write.key, write) : null;
		if (older != null) {
			this.bytes += older.giveWayTo(write);
			return true;
		}
		this.items.addLast(write);
		this.bytes += write.bytes.remaining();
		return false;
	}

	private @Nullable PendingWrite newest(LatestKey key, PendingWrite write) {
		if (this.latest == null) {
			this.latest = new HashMap<>();
		}
		PendingWrite older = this.latest.get(key);
		if (older != null && older.isDroppable()) {
			return older;
		}
		this.latest.put(key, write);
		return null;
	}

	/** Adds a write right behind the frame that is being written. */
	void addNext(PendingWrite write) {
		PendingWrite begun = begun();
		if (begun != null) {
			this.items.poll();
		}
		this.items.addFirst(write);
		if (begun != null) {
			this.items.addFirst(begun);
		}
		this.bytes += write.bytes.remaining();
	}

	void remove(PendingWrite write) {
		if (this.items.remove(write)) {
			this.bytes -= write.bytes.remaining();
		}
	}

	/**
	 * Takes the oldest message away of which nothing has been written, but never the last
	 * write.
	 * @return the message; null if there is none
	 */
	@Nullable PendingWrite takeOldestMessage() {
		for (Iterator<PendingWrite> all = this.items.iterator(); all.hasNext();) {
			PendingWrite write = all.next();
			if (write.isDroppable() && all.hasNext()) {
				all.remove();
				this.bytes -= write.bytes.remaining();
				return write;
			}
		}
		return null;
	}

	/** Takes all messages away, but for the frame that is being written. */
	void takeMessages(Consumer<PendingWrite> taken) {
		PendingWrite begun = begun();
		for (Iterator<PendingWrite> all = this.items.iterator(); all.hasNext();) {
			PendingWrite write = all.next();
			if (write.isData() && write != begun) {
				all.remove();
				this.bytes -= write.bytes.remaining();
				taken.accept(write);
			}
		}
	}

	/**
	 * Separates the frame that is being written from the frames that follow in the same
	 * write.
	 * @return that frame; null if none is being written
	 */
	private @Nullable PendingWrite begun() {
		PendingWrite first = this.items.peek();
		if (first == null || first.isUntouched()) {
			return null;
		}
		PendingWrite later = first.laterFrames();
		if (later == null) {
			return first;
		}
		this.items.poll();
		this.items.addFirst(later);
		PendingWrite begun = first.currentFrame();
		this.items.addFirst(begun);
		return begun;
	}

	/** Runs an action for each write, from the first to the last. */
	void forEach(Consumer<PendingWrite> action) {
		this.items.forEach(action);
	}

	/** Copies the bytes that go out next, as many as there is room for. */
	ByteBuffer copyTo(ByteBuffer out) {
		for (PendingWrite write : this.items) {
			int count = Math.min(write.bytes.remaining(), out.remaining());
			out.put(out.position(), write.bytes, write.bytes.position(), count).position(out.position() + count);
			if (!out.hasRemaining()) {
				break;
			}
		}
		return out;
	}

	/**
	 * The bytes that go out next, copied only if they belong to several writes.
	 * @param most how many bytes at most
	 */
	ByteBuffer next(int most) {
		ByteBuffer first = this.items.element().bytes;
		if (this.items.size() == 1 || first.remaining() >= most) {
			return first.duplicate().limit(first.position() + Math.min(first.remaining(), most));
		}
		return copyTo(ByteBuffer.allocate((int) Math.min(this.bytes, most))).flip();
	}

	/**
	 * Takes bytes away that have been written.
	 * @param count how many bytes
	 * @param done is given each write of which nothing is left
	 */
	void written(int count, Consumer<PendingWrite> done) {
		int left = count;
		while (left > 0) {
			PendingWrite first = this.items.element();
			int part = Math.min(left, first.bytes.remaining());
			first.bytes.position(first.bytes.position() + part);
			this.bytes -= part;
			left -= part;
			if (!first.bytes.hasRemaining()) {
				this.items.remove();
				if (this.latest != null && first.key != null) {
					this.latest.remove(first.key, first);
				}
				done.accept(first);
			}
		}
	}

}
