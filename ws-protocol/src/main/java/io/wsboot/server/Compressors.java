package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.protocol.CompressedFrames;
import io.wsboot.protocol.DataFrames;
import org.jspecify.annotations.Nullable;

/**
 * The zlib states that outgoing messages are compressed with. Those for messages that
 * stand alone are borrowed for one message; what is not in use is kept for the next, up
 * to a few. Any thread.
 */
final class Compressors {

	private final DataFrames frames;

	private final int level;

	private final BlockingQueue<CompressedFrames> idle = new ArrayBlockingQueue<>(
			2 * Runtime.getRuntime().availableProcessors());

	private final AtomicInteger held = new AtomicInteger();

	private volatile boolean ended;

	Compressors(DataFrames frames, int level) {
		this.frames = frames;
		this.level = level;
	}

	/** All frames of a message, compressed by itself; null if it is no shorter so. */
	@Nullable ByteBuffer compressAlone(boolean text, ByteBuffer payload, int windowBits) {
		CompressedFrames compressor = this.idle.poll();
		if (compressor == null) {
			compressor = new CompressedFrames(this.frames, this.level);
		}
		try {
			return compressor.alone(text, payload, windowBits);
		}
		finally {
			if (!this.idle.offer(compressor)) {
				compressor.end();
			}
			if (this.ended) {
				endIdle();
			}
		}
	}

	/** A state for one session, which must {@link #giveUp} it. */
	CompressedFrames hold() {
		this.held.incrementAndGet();
		return new CompressedFrames(this.frames, this.level);
	}

	void giveUp(CompressedFrames compressor) {
		this.held.decrementAndGet();
		compressor.end();
	}

	/** How many are held by sessions. */
	int held() {
		return this.held.get();
	}

	/** Frees what is not in use, and from here on whatever comes back. */
	void end() {
		this.ended = true;
		endIdle();
	}

	private void endIdle() {
		for (CompressedFrames compressor = this.idle.poll(); compressor != null; compressor = this.idle.poll()) {
			compressor.end();
		}
	}

}
