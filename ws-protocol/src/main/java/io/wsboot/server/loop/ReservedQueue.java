package io.wsboot.server.loop;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A queue in a ring of reserved memory: {@link #add} cannot run out of memory within the
 * capacity that an earlier {@link #reserve} has made. Not thread-safe.
 *
 * @param <E> the type of the items
 */
final class ReservedQueue<E> {

	/** Initial and least additional capacity: small, as unused items cost memory. */
	private static final int MORE = 16;

	private @Nullable Object[] items = new Object[MORE];

	/** The index of the oldest item. */
	private int first;

	private int size;

	/**
	 * Makes the capacity at least as large as a number of items. If memory runs out, the
	 * queue stays as it is.
	 */
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

	/**
	 * Returns the oldest item and leaves it in the queue; returns null if there is none.
	 */
	@SuppressWarnings("unchecked")
	@Nullable E peek() {
		return (E) this.items[this.first];
	}

	/** Takes the oldest item; returns null if there is none. */
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
