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

	/** Guarded by the lock; null if there is none, or the session is over. */
	private @Nullable CompressedFrames window;

	SessionCompression(Compression agreed, Compressors compressors, int threshold) {
		this.compressors = compressors;
		this.threshold = threshold;
		this.windowBits = agreed.windowBits();
		this.keepsWindow = agreed.keepsWindow();
		this.window = this.keepsWindow ? compressors.hold() : null;
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
		this.lock.lock();
		try {
			return queue
				.apply((this.window != null) ? message.compressedNext(this.window, this.windowBits) : message.plain());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** No message will be sent any more. */
	void end() {
		this.lock.lock();
		try {
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
