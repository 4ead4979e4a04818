package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.wsboot.protocol.Compression;
import io.wsboot.protocol.outgoing.CompressedFrames;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.spi.SessionStats;
import org.jspecify.annotations.Nullable;

/**
 * Compresses one session's outgoing messages. Messages that may refer to those before
 * (RFC 7692 §7.1.1.1: context takeover) must be queued in the order of compression. Both
 * happen under a lock, under which nothing is written and no {@linkplain ForeignCode
 * foreign code} runs. Workers wait for the lock, as compressing a long message may take a
 * while; event loops do not. Any thread.
 */
public final class SessionCompression {

	private final Compressors compressors;

	private final int threshold;

	private final int windowBits;

	private final boolean keepsWindow;

	private final ReentrantLock lock = new ReentrantLock();

	/** Null before the first message and after the end. Guarded by the lock. */
	private @Nullable CompressedFrames window;

	/** Whether nothing is compressed any more. */
	private volatile boolean ended;

	public SessionCompression(Compression agreed, Compressors compressors, int threshold) {
		this.compressors = compressors;
		this.threshold = threshold;
		this.windowBits = agreed.windowBits();
		this.keepsWindow = agreed.keepsWindow();
	}

	/** What the handshake has agreed on. */
	public SessionStats.Compression agreed() {
		return new SessionStats.Compression(this.windowBits, this.keepsWindow);
	}

	/** The bit of the session's way to compress, see {@link MessageEncoder}. */
	public int encodings() {
		return this.keepsWindow ? MessageEncoder.OWN_WINDOW : MessageEncoder.alone(this.windowBits);
	}

	/** Whether a message of a size in bytes is worth compressing. */
	boolean appliesTo(int size) {
		return size >= this.threshold;
	}

	/** Whether messages may refer to those before, and so go by way of {@link #next}. */
	boolean keepsWindow() {
		return this.keepsWindow;
	}

	/** Compresses a message by itself, if that makes it shorter. */
	ByteBuffer alone(MessageEncoder message) {
		return message.compressed(this.compressors, this.windowBits);
	}

	/**
	 * Compresses a message that may refer to those before, and queues the message.
	 * @param wait whether to wait while another sender has the lock
	 * @param queue queues the frames, under the lock; false if they are not queued, after
	 * which nothing is compressed, as the client could not read what refers to them
	 * @return false if another sender has the lock, or nothing is compressed any more
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

	/** Ends compression, and gives the window up. Does not wait. */
	void end() {
		this.ended = true;
		giveUpIfEnded();
	}

	/**
	 * Gives the window up if compression has ended. Called after the end and after each
	 * unlock, so that the last caller does so.
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
