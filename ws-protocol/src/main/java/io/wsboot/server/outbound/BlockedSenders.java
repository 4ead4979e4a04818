package io.wsboot.server.outbound;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.loop.ForeignCode;

/**
 * Threads that wait for room in one outbound queue ({@link OverflowPolicy#BLOCK}). A
 * signal is one read while no thread waits. A thread that waits holds nothing that a
 * thread which makes room could need. Any thread.
 */
class BlockedSenders {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final AtomicInteger waiting = new AtomicInteger();

	/** The threads in the middle of a streamed message, by message. */
	private final Map<Object, Thread> streaming = new ConcurrentHashMap<>();

	/**
	 * Waits until a condition holds.
	 * @return false if the thread is interrupted; its interrupt flag is set then
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

	/** Has waiting threads look at their conditions again. */
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

	/** The calling thread sends part of a streamed message. */
	void streams(Object message, boolean last) {
		if (last) {
			this.streaming.remove(message);
		}
		else {
			this.streaming.put(message, Thread.currentThread());
		}
	}

	/** Whether the calling thread is in the middle of a streamed message. */
	boolean isStreaming() {
		return this.streaming.containsValue(Thread.currentThread());
	}

}
