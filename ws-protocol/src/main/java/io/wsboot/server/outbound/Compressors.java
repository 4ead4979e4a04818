package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.protocol.outgoing.CompressedFrames;
import io.wsboot.protocol.outgoing.DataFrames;
import org.jspecify.annotations.Nullable;

/**
 * The zlib states that outgoing messages are compressed with. A message that stands alone
 * borrows a state, and a session that keeps its window holds one. A few states that are
 * not in use are kept. Any thread.
 */
public final class Compressors {

	private final DataFrames frames;

	private final int level;

	private final BlockingQueue<CompressedFrames> idle = new ArrayBlockingQueue<>(
			2 * Runtime.getRuntime().availableProcessors());

	private final AtomicInteger held = new AtomicInteger();

	private volatile boolean ended;

	public Compressors(DataFrames frames, int level) {
		this.frames = frames;
		this.level = level;
	}

	/**
	 * Compresses a message by itself.
	 * @return all its frames; null if compression makes the message no shorter
	 */
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

	/** A state for one session, which must {@linkplain #giveUp give it up}. */
	CompressedFrames hold() {
		this.held.incrementAndGet();
		return new CompressedFrames(this.frames, this.level);
	}

	/** Frees a state that a session has held. */
	void giveUp(CompressedFrames compressor) {
		this.held.decrementAndGet();
		compressor.end();
	}

	/** How many states sessions hold. */
	public int held() {
		return this.held.get();
	}

	/** Frees all states that are not in use, and from here on every state at once. */
	public void end() {
		this.ended = true;
		endIdle();
	}

	private void endIdle() {
		for (CompressedFrames compressor = this.idle.poll(); compressor != null; compressor = this.idle.poll()) {
			compressor.end();
		}
	}

}
