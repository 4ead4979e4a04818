package io.wsboot.server.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * An unbounded queue of many producers and one consumer at a time, without locks:
 * producers swing the tail to their node and then link it from the one before. Whoever
 * bounds it counts outside.
 *
 * @param <T> what is queued
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

	/** The last node taken; the consumer's. */
	private Node<T> head = new Node<>(null);

	/** The last node added; the producers'. */
	private volatile Node<T> tail = this.head;

	/** Any thread. */
	@SuppressWarnings("unchecked")
	public void add(T item) {
		Node<T> node = new Node<>(item);
		Node<T> before = (Node<T>) TAIL.getAndSet(this, node);
		NEXT.setRelease(before, node);
	}

	/** The consumer: the oldest item, or null if there is none. */
	@SuppressWarnings("unchecked")
	@Nullable T poll() {
		Node<T> next = (Node<T>) NEXT.getAcquire(this.head);
		if (next == null) {
			if (this.head == this.tail) {
				return null;
			}
			// a producer is between its two steps: the item exists, and its link is a
			// moment away
			while ((next = (Node<T>) NEXT.getAcquire(this.head)) == null) {
				Thread.onSpinWait();
			}
		}
		this.head = next;
		T item = next.item;
		next.item = null;
		return item;
	}

	/** The consumer: the oldest item, of which it knows that there is one. */
	public T take() {
		return Objects.requireNonNull(poll());
	}

	/** The consumer: gives away what is there now, but not what is added meanwhile. */
	void drain(Consumer<T> taker) {
		Node<T> last = this.tail;
		while (this.head != last) {
			taker.accept(take());
		}
	}

	/**
	 * The producer, if there is but one: what there is, and perhaps some of what the
	 * consumer takes meanwhile.
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

	/** Any thread: whether there was nothing at this instant. */
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
