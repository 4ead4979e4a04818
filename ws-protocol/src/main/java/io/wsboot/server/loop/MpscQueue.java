package io.wsboot.server.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * An unbounded queue without locks, for many producers and one consumer at a time. A
 * producer first makes its node the tail, and then links the node from the previous tail.
 * Users that need a bound count the items themselves.
 *
 * <pre>
 *  head (consumed) --> node --> node --> tail
 *                 next      next     a link that may be missing for a moment
 * </pre>
 *
 * @param <T> the type of the items
 */
public final class MpscQueue<T> {

	private static final VarHandle TAIL;

	private static final VarHandle NEXT;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			TAIL = lookup.findVarHandle(MpscQueue.class, "tail", Node.class);
			NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** The node that was taken last. Used by the consumer only. */
	private Node<T> head = new Node<>(null);

	/** The node that was added last. Swapped by producers, read by any thread. */
	private volatile Node<T> tail = this.head;

	/** Adds an item. Any thread. */
	@SuppressWarnings("unchecked")
	public void add(T item) {
		Node<T> node = new Node<>(item);
		Node<T> before = (Node<T>) TAIL.getAndSet(this, node);
		NEXT.setRelease(before, node);
	}

	/** Takes the oldest item; returns null if there is none. Consumer only. */
	@SuppressWarnings("unchecked")
	@Nullable T poll() {
		Node<T> next = (Node<T>) NEXT.getAcquire(this.head);
		if (next == null) {
			if (this.head == this.tail) {
				return null;
			}
			// a producer is between its two steps, and links its node in a moment
			while ((next = (Node<T>) NEXT.getAcquire(this.head)) == null) {
				Thread.onSpinWait();
			}
		}
		this.head = next;
		T item = next.item;
		next.item = null;
		return item;
	}

	/** Takes the oldest item of a queue that is not empty. Consumer only. */
	public T take() {
		return Objects.requireNonNull(poll());
	}

	/**
	 * Takes all items that are in the queue now, but none that are added meanwhile.
	 * Consumer only.
	 */
	void drain(Consumer<T> taker) {
		Node<T> last = this.tail;
		while (this.head != last) {
			taker.accept(take());
		}
	}

	/**
	 * Visits all items, and perhaps some that the consumer takes meanwhile. Only for a
	 * queue with a single producer, which is the caller.
	 */
	@SuppressWarnings("unchecked")
	public void forEach(Consumer<T> action) {
		for (Node<T> node = this.head; node != null; node = (Node<T>) NEXT.getAcquire(node)) {
			T item = node.item;
			if (item != null) {
				action.accept(item);
			}
		}
	}

	/** Whether the queue is empty at this instant. Consumer only. */
	boolean isEmpty() {
		return NEXT.getAcquire(this.head) == null && this.head == this.tail;
	}

	private static final class Node<T> {

		private @Nullable T item;

		private volatile @Nullable Node<T> next;

		Node(@Nullable T item) {
			this.item = item;
		}

	}

}
