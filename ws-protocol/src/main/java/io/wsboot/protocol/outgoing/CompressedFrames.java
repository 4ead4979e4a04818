package io.wsboot.protocol.outgoing;

import java.nio.ByteBuffer;

import io.wsboot.deflate.MessageDeflater;
import org.jspecify.annotations.Nullable;

/**
 * Encodes outgoing messages as compressed frames (RFC 7692 §7.2.1). Holds a zlib state
 * until {@link #end}. Not thread-safe.
 */
public final class CompressedFrames {

	private final DataFrames frames;

	private final MessageDeflater deflater;

	/**
	 * Makes an encoder.
	 * @param frames splits messages into frames
	 * @param level 1 (fastest) to 9 (smallest)
	 */
	public CompressedFrames(DataFrames frames, int level) {
		this.frames = frames;
		this.deflater = new MessageDeflater(level);
	}

	/**
	 * Encodes a message that refers to no other message.
	 * @param text whether the message is text
	 * @param payload the message from position to limit; its position stays
	 * @param windowBits see {@code Compression}
	 * @return all frames of the message; null if compression makes it no shorter
	 */
	public @Nullable ByteBuffer alone(boolean text, ByteBuffer payload, int windowBits) {
		ByteBuffer compressed = this.deflater.deflateAlone(payload, windowBits);
		return (compressed == null) ? null : frames(text, compressed);
	}

	/**
	 * Encodes the next message of one connection, which may refer to earlier messages.
	 * @param text whether the message is text
	 * @param payload the message from position to limit; its position stays
	 * @param windowBits see {@code Compression}
	 * @return all frames of the message
	 */
	public ByteBuffer next(boolean text, ByteBuffer payload, int windowBits) {
		return frames(text, this.deflater.deflate(payload, windowBits));
	}

	private ByteBuffer frames(boolean text, ByteBuffer compressed) {
		ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(this.frames.size(compressed.remaining())));
		this.frames.writeCompressed(out, text, compressed);
		return out.flip();
	}

	/** Frees the zlib state. */
	public void end() {
		this.deflater.end();
	}

}
