package io.wsboot.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Frames one after the other, and again from the first, for ever. Whoever knows how far
 * it is in a stream knows its next bytes, however they are cut.
 */
final class FrameStream {

	private final List<byte[]> frames;

	private final int period;

	/** The period again and again, so that a run of bytes is in one piece. */
	private final ByteBuffer repeated;

	FrameStream(List<byte[]> frames, int run) {
		this.frames = frames;
		this.period = frames.stream().mapToInt((frame) -> frame.length).sum();
		this.repeated = ByteBuffer.allocateDirect(this.period + Math.max(run, this.period));
		int at = 0;
		while (this.repeated.hasRemaining()) {
			byte[] frame = frames.get(at++ % frames.size());
			this.repeated.put(frame, 0, Math.min(frame.length, this.repeated.remaining()));
		}
	}

	/** Where in the stream its next round begins. */
	int period() {
		return this.period;
	}

	/** Bytes of some frame. */
	int frameSize(int index) {
		return this.frames.get(index % this.frames.size()).length;
	}

	int kinds() {
		return this.frames.size();
	}

	/**
	 * The bytes from a position on, valid until the next call.
	 * @param at below the period
	 * @param atMost how many bytes
	 */
	ByteBuffer from(int at, long atMost) {
		int count = (int) Math.min(atMost, this.repeated.capacity() - at);
		return this.repeated.limit(at + count).position(at);
	}

}
