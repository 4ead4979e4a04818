package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.wsboot.protocol.CompressedFrames;
import io.wsboot.protocol.Compression;
import org.jspecify.annotations.Nullable;

/**
 * How one session's outgoing messages are compressed. Those that may refer to the ones
 * before must be queued in the order in which they are compressed: both happen under a
 * lock, under which nothing is written and no {@linkplain ForeignCode foreign code} runs.
 * Workers wait for it, as compressing a long message may take a while; event loops do
 * not. Any thread.
 */
final class SessionCompression {

	private final Compressors compressors;

	private final int threshold;

	private final int windowBits;

	private final boolean keepsWindow;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock; from the first message on. */
	private @Nullable CompressedFrames window;

	/** Nothing is compressed from here on. */
	private volatile boolean ended;

	SessionCompression(Compression agreed, Compressors compressors, int threshold) {
		this.compressors = compressors;
		this.threshold = threshold;
		this.windowBits = agreed.windowBits();
		this.keepsWindow = agreed.keepsWindow();
	}

	SessionStats.Compression agreed() {
		return new SessionStats.Compression(this.windowBits, this.keepsWindow);
	}

	/** Whether a message of that many bytes is worth it. */
	boolean appliesTo(int size) {
		return size >= this.threshold;
	}

	/** Whether messages refer to the ones before, and so go by way of {@link #next}. */
	boolean keepsWindow() {
		return this.keepsWindow;
	}

	/** Compresses a message by itself, if that makes it shorter. */
	ByteBuffer alone(MessageEncoder message) {
		return message.compressed(this.compressors, this.windowBits);
	}

	/**
	 * Compresses a message that may refer to the ones before, and queues it.
	 * @param wait whether to wait for other senders
	 * @param queue told of the message under the lock; false if it was not queued, after
	 * which the client could not read what refers to it
	 * @return false if other senders were at it, or nothing is compressed any more
	 */
	boolean next(MessageEncoder message, boolean wait, Predicate<ByteBuffer> queue) {
		if (wait) {
			assert ForeignCode.isAllowed();
			this.lock.lock();
		}
		else if (!this.lock.tryLock()) {
			return false;
		}
		assert ForeignCode.held(this.lock);
		boolean queued = false;
		try {
			if (this.ended) {
				return false;
			}
			queued = queue.test(next(message));
			return true;
		}
		finally {
			if (!queued) {
				this.ended = true;
			}
			assert ForeignCode.released(this.lock);
			this.lock.unlock();
			giveUpIfEnded();
		}
	}

	private ByteBuffer next(MessageEncoder message) {
		if (this.window == null) {
			this.window = this.compressors.hold();
		}
		return message.compressedNext(this.window, this.windowBits);
	}

	/** From here on nothing is compressed, and no window held. Does not wait. */
	void end() {
		this.ended = true;
		giveUpIfEnded();
	}

	/**
	 * Called by whoever has ended it or had the lock, so that the last of them does it.
	 */
	private void giveUpIfEnded() {
		if (!this.ended || !this.lock.tryLock()) {
			return;
		}
		CompressedFrames window = this.window;
		this.window = null;
		this.lock.unlock();
		if (window != null) {
			this.compressors.giveUp(window);
		}
	}

}
