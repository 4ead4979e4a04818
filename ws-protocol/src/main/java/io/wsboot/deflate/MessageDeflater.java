package io.wsboot.deflate;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;

/**
 * Compresses messages (RFC 7692 §7.2.1). The window of the JDK's zlib always has the
 * largest size. For a smaller window, a full flush after every so many bytes makes zlib
 * forget what came before, so that no match reaches farther back. Not thread-safe.
 */
public final class MessageDeflater {

	private static final int LARGEST_WINDOW = 15;

	/** How many bytes are taken off the end of each message (§7.2.1). */
	private static final int TAIL = 4;

	/** An empty message (§7.2.3.6). */
	private static final byte[] EMPTY = { 0 };

	/** zlib repeats its flush marker if it finds less room, in bytes. */
	private static final int ROOM_TO_FLUSH = 16;

	private final Deflater zlib;

	/** The most bytes of memory that are kept from one message to the next. */
	private static final int KEPT = 32 * 1024;

	/** Some JVMs have no longer array. */
	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	private byte[] out = new byte[1024];

	private int length;

	/** Bytes since the last full flush. */
	private int sinceFull;

	/**
	 * Makes a deflater with a zlib state of its own, which {@link #end} frees.
	 * @param level 1 (fastest) to 9 (smallest)
	 */
	public MessageDeflater(int level) {
		this.zlib = new Deflater(level, true);
	}

	/**
	 * Compresses a message that refers to no other message.
	 * @param payload the message from position to limit; its position stays
	 * @param windowBits how far back matches may reach, as a power of two: 8 to 15
	 * @return the compressed payload, valid until the next call; null if compression
	 * makes the payload no shorter
	 */
	public @Nullable ByteBuffer deflateAlone(ByteBuffer payload, int windowBits) {
		this.zlib.reset();
		this.sinceFull = 0;
		ByteBuffer compressed = deflate(payload, windowBits);
		return (compressed.remaining() < payload.remaining()) ? compressed : null;
	}

	/**
	 * Compresses a message that may refer to earlier messages, all of which the peer must
	 * have received.
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
