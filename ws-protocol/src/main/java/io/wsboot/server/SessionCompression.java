package io.wsboot.server;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.wsboot.SendResult;
import io.wsboot.protocol.CompressedFrames;
import io.wsboot.protocol.Compression;
import org.jspecify.annotations.Nullable;

/**
 * How one session's outgoing messages are compressed. Those that may refer to the ones
 * before must be queued in the order in which they are compressed: both happen under a
 * lock, which nobody holds while waiting for anything. Any thread.
 */
final class SessionCompression {

	private final Compressors compressors;

	private final int threshold;

	private final int windowBits;

	private final boolean keepsWindow;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock; from the first message on. */
	private @Nullable CompressedFrames window;

	/** Guarded by the lock. */
	private boolean ended;

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

	/** Compresses a message, if that makes it shorter, and queues it. */
	SendResult send(OutgoingMessage message, Function<EncodedMessage, SendResult> queue) {
		if (!this.keepsWindow) {
			return queue.apply(message.compressed(this.compressors, this.windowBits));
		}
		if (this.lock.isHeldByCurrentThread()) {
			// a callback of the application's, which may have come before an outer
			// message
			// was queued, but is after its compression
			return queue.apply(message.plain());
		}
		this.lock.lock();
		boolean queued = false;
		try {
			SendResult result = queue.apply(this.ended ? message.plain() : next(message));
			queued = true;
			return result;
		}
		finally {
			if (!queued) {
				end(); // the client will not have what the window has
			}
			this.lock.unlock();
		}
	}

	private EncodedMessage next(OutgoingMessage message) {
		if (this.window == null) {
			this.window = this.compressors.hold();
		}
		return message.compressedNext(this.window, this.windowBits);
	}

	/** From here on nothing is compressed, and no window held. */
	void end() {
		this.lock.lock();
		try {
			this.ended = true;
			if (this.window != null) {
				this.compressors.giveUp(this.window);
				this.window = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
