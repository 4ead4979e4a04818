package io.wsboot.server.inbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.wsboot.CloseStatus;
import io.wsboot.IncompleteMessageException;
import org.jspecify.annotations.Nullable;

/**
 * One incoming message between the loop, which adds its parts as they arrive, and the
 * callback that takes them, and waits when there is none. How many may wait is up to the
 * {@link Flow}. Closed when the callback returns: the rest is skipped then.
 */
final class InboundStream {

	/** How the session is told what becomes of the parts. Any thread. */
	interface Flow {

		void added(int size);

		void taken(int size);

		/** The callback waits for a part, whatever else may wait for it to return. */
		void starving();

	}

	private final Flow flow;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	// guarded by the lock

	private final ArrayDeque<MessagePart> parts = new ArrayDeque<>();

	private boolean complete;

	private boolean closed;

	private boolean starving;

	private @Nullable CloseStatus brokenOff;

	InboundStream(Flow flow) {
		this.flow = flow;
	}

	/** The next part has arrived. On the loop. */
	void add(MessagePart part) {
		this.lock.lock();
		try {
			this.complete = part.last();
			if (!this.closed) {
				this.parts.add(part);
				this.flow.added(part.size());
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** No more parts will arrive. On the loop. */
	void breakOff(CloseStatus status) {
		this.lock.lock();
		try {
			this.brokenOff = status;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Nobody is to see the parts that wait. */
	void discardParts() {
		this.lock.lock();
		try {
			takeAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void takeAll() {
		for (MessagePart part = this.parts.poll(); part != null; part = this.parts.poll()) {
			this.flow.taken(part.size());
		}
	}

	/** The rest will not arrive, and what has is not to be seen. On the loop. */
	void abandon(CloseStatus status) {
		this.lock.lock();
		try {
			this.complete = false; // what has been taken must not pass for the whole
			takeAll();
			breakOff(status);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether the callback waits for the next part. */
	boolean isStarving() {
		this.lock.lock();
		try {
			return this.starving && this.parts.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for the next part; null if there is none.
	 * @throws IncompleteMessageException if the message has broken off
	 */
	@Nullable MessagePart take() throws IOException {
		this.lock.lock();
		try {
			MessagePart part = await();
			if (part != null) {
				this.flow.taken(part.size());
			}
			return part;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted while waiting for the rest of a message");
		}
		finally {
			this.starving = false;
			this.lock.unlock();
		}
	}

	private @Nullable MessagePart await() throws IOException, InterruptedException {
		while (!this.closed) {
			MessagePart part = this.parts.poll();
			if (part != null || this.complete) {
				return part;
			}
			if (this.brokenOff != null) {
				throw new IncompleteMessageException(this.brokenOff);
			}
			this.starving = true;
			this.flow.starving();
			this.changed.await();
		}
		throw new IOException("the message can only be read until its callback returns");
	}

	/** Nothing more will be taken. */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			takeAll();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
