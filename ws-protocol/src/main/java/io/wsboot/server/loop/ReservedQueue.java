package io.wsboot.server.loop;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A queue whose memory is made ahead: {@link #add} never fails for want of memory if
 * {@link #reserve} has succeeded before. Not thread-safe.
 *
 * @param <E> what is queued
 */
final class ReservedQueue<E> {

	/** Few, as each connection pays for those that are never used. */
	private static final int MORE = 16;

	private @Nullable Object[] items = new Object[MORE];

	private int first;

	private int size;

	/** Makes room for so many items in all; if that fails, nothing has changed. */
	void reserve(int count) {
		if (count > this.items.length) {
			Object[] larger = Arrays.copyOfRange(this.items, this.first,
					this.first + count + Math.max(MORE, count / 16));
			System.arraycopy(this.items, 0, larger, this.items.length - this.first, this.first);
			this.items = larger;
			this.first = 0;
		}
	}

	void add(E item) {
		reserve(this.size + 1);
		this.items[(this.first + this.size) % this.items.length] = item;
		this.size++;
	}

	/** The oldest item, which stays; null if there is none. */
	@SuppressWarnings("unchecked")
	@Nullable E peek() {
		return (E) this.items[this.first];
	}

	/** The oldest item; null if there is none. */
	@Nullable E poll() {
		E item = peek();
		if (item != null) {
			this.items[this.first] = null;
			this.first = (this.first + 1) % this.items.length;
			this.size--;
		}
		return item;
	}

	int size() {
		return this.size;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

}
