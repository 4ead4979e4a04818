package io.wsboot.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Threads that wait for room in one outbound queue ({@link OverflowPolicy#BLOCK}). While
 * there are none, signalling is one read. A thread that waits holds nothing that those
 * who make room could need.
 */
class BlockedSenders {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final AtomicInteger waiting = new AtomicInteger();

	/** Who is in the middle of a message that is sent piecewise. */
	private final Map<Object, Thread> streaming = new ConcurrentHashMap<>();

	/**
	 * Waits until a condition holds; false if the thread is interrupted, which it then
	 * still is.
	 */
	boolean await(BooleanSupplier condition) {
		assert ForeignCode.isAllowed();
		this.lock.lock();
		try {
			this.waiting.incrementAndGet();
			while (!condition.getAsBoolean()) {
				this.room.await();
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.waiting.decrementAndGet();
			this.lock.unlock();
		}
	}

	/** The condition may have come to hold. */
	void signal() {
		if (this.waiting.get() > 0) {
			this.lock.lock();
			try {
				this.room.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/** The current thread sends part of a message. */
	void streams(Object message, boolean last) {
		if (last) {
			this.streaming.remove(message);
		}
		else {
			this.streaming.put(message, Thread.currentThread());
		}
	}

	/**
	 * Whether the current thread is in the middle of a message, behind which others wait:
	 * nobody else can end that.
	 */
	boolean isStreaming() {
		return this.streaming.containsValue(Thread.currentThread());
	}

}
