package io.wsboot.deflate;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;

/**
 * Compresses messages for clients (RFC 7692 §7.2.1). The window of the JDK's zlib is
 * always the largest one; a smaller one is honoured by making zlib forget after each so
 * many bytes, so that no match reaches farther back. Not thread-safe.
 */
public final class MessageDeflater {

	private static final int LARGEST_WINDOW = 15;

	/** What is taken off the end of each message (§7.2.1). */
	private static final int TAIL = 4;

	/** §7.2.3.6. */
	private static final byte[] EMPTY = { 0 };

	/** zlib repeats its flush marker when it finds less room than this. */
	private static final int ROOM_TO_FLUSH = 16;

	private final Deflater zlib;

	/** Above this, memory for a big message is not kept for the next one. */
	private static final int KEPT = 32 * 1024;

	/** Some JVMs have no longer array. */
	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	private byte[] out = new byte[1024];

	private int length;

	/** Bytes since zlib last forgot. */
	private int sinceFull;

	/**
	 * With a zlib state of its own, which {@link #end} frees.
	 * @param level 1 (fastest) to 9 (smallest)
	 */
	public MessageDeflater(int level) {
		this.zlib = new Deflater(level, true);
	}

	/**
	 * Compresses a message that refers to no other.
	 * @param payload the message from position to limit; its position stays
	 * @param windowBits how far back matches may reach, as a power of two: 8 to 15
	 * @return the compressed payload, valid until the next call; null if it is no shorter
	 */
	public @Nullable ByteBuffer deflateAlone(ByteBuffer payload, int windowBits) {
		this.zlib.reset();
		this.sinceFull = 0;
		ByteBuffer compressed = deflate(payload, windowBits);
		return (compressed.remaining() < payload.remaining()) ? compressed : null;
	}

	/**
	 * Compresses a message that may refer to the ones before, all of which the client
	 * must have got.
	 * @param payload the message from position to limit; its position stays
	 * @param windowBits how far back matches may reach, as a power of two: 8 to 15;
	 * always the same
	 * @return the compressed payload, valid until the next call
	 */
	public ByteBuffer deflate(ByteBuffer payload, int windowBits) {
		if (!payload.hasRemaining()) {
			return ByteBuffer.wrap(EMPTY);
		}
		this.length = 0;
		int window = 1 << windowBits;
		ByteBuffer rest = payload.duplicate();
		while (windowBits < LARGEST_WINDOW && this.sinceFull + rest.remaining() > window) {
			int part = window - this.sinceFull;
			compress(rest.slice().limit(part), Deflater.FULL_FLUSH);
			rest.position(rest.position() + part);
			this.sinceFull = 0;
		}
		this.sinceFull += rest.remaining();
		compress(rest, Deflater.SYNC_FLUSH);
		ByteBuffer compressed = ByteBuffer.wrap(this.out, 0, this.length - TAIL);
		if (this.out.length > KEPT) {
			this.out = new byte[KEPT];
		}
		return compressed;
	}

	private void compress(ByteBuffer part, int flush) {
		this.zlib.setInput(part);
		boolean more = true;
		while (more) {
			if (this.out.length - this.length < ROOM_TO_FLUSH) {
				this.out = Arrays.copyOf(this.out, (int) Math.min(2L * this.out.length, LARGEST_ARRAY));
			}
			int room = this.out.length - this.length;
			int count = this.zlib.deflate(this.out, this.length, room, flush);
			this.length += count;
			more = count == room;
		}
	}

	/** Frees the zlib state. */
	public void end() {
		this.zlib.end();
	}

}
