package io.wsboot.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the mask off a payload (RFC 6455 §5.3) while copying it to where it is needed.
 * Does not know where in a frame it is: the caller turns the key.
 * <p>
 * A short payload is done in one pass over the buffer, as copying it first would cost as
 * much again. A long one is copied in pieces that stay in the nearest cache, each of
 * which is then unmasked in place: one pass would touch each byte only once, but was four
 * times as slow, and stayed so, in some servers that had done many other things before
 * they were given long messages. The copy is always fast.
 */
final class Masking {

	private static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final int SHORT = 256;

	/** A multiple of eight, so that the key does not turn within a payload. */
	private static final int PIECE = 8 * 1024;

	private Masking() {
	}

	/**
	 * Unmasks and copies.
	 * @param from the masked bytes, little-endian; its position stays
	 * @param index of the first byte in {@code from}
	 * @param to takes the bytes
	 * @param at index of the first byte in {@code to}
	 * @param count how many
	 * @param key the masking key whose lowest byte belongs to the first byte
	 * @return the unmasked bytes, or-ed together in eight lanes
	 */
	static long unmask(ByteBuffer from, int index, byte[] to, int at, int count, int key) {
		return (count < SHORT) ? unmaskShort(from, index, to, at, count, key)
				: inPieces(from, index, to, at, count, key);
	}

	/** The same in one pass, which is best for a few bytes. */
	static long unmaskShort(ByteBuffer from, int index, byte[] to, int at, int count, int key) {
		long wide = wide(key);
		long seen = 0;
		int i = 0;
		for (; i <= count - 8; i += 8) {
			long word = from.getLong(index + i) ^ wide;
			BYTES.set(to, at + i, word);
			seen |= word;
		}
		if (i < count && count >= 8) { // with some bytes of the word before
			i = count - 8;
			long word = from.getLong(index + i) ^ wide(turn(key, i));
			BYTES.set(to, at + i, word);
			return seen | word;
		}
		for (; i < count; i++) {
			byte b = (byte) (from.get(index + i) ^ (key >>> ((i & 3) << 3)));
			to[at + i] = b;
			seen |= b;
		}
		return seen;
	}

	private static long inPieces(ByteBuffer from, int index, byte[] to, int at, int count, int key) {
		long seen = 0;
		for (int done = 0; done < count; done += PIECE) {
			int piece = Math.min(PIECE, count - done);
			from.get(index + done, to, at + done, piece);
			seen |= inPlace(to, at + done, piece, key);
		}
		return seen;
	}

	private static long inPlace(byte[] bytes, int at, int count, int key) {
		long wide = wide(key);
		long seen = 0;
		int i = 0;
		for (; i <= count - 8; i += 8) {
			long word = (long) BYTES.get(bytes, at + i) ^ wide;
			BYTES.set(bytes, at + i, word);
			seen |= word;
		}
		for (; i < count; i++) {
			byte b = (byte) (bytes[at + i] ^ (key >>> ((i & 3) << 3)));
			bytes[at + i] = b;
			seen |= b;
		}
		return seen;
	}

	/** The key twice. */
	private static long wide(int key) {
		return (key & 0xFFFF_FFFFL) | ((long) key << 32);
	}

	/**
	 * The key for what follows.
	 * @param key the key of the byte at 0
	 * @param count how many bytes are done
	 * @return the key of the byte at {@code count}
	 */
	static int turn(int key, int count) {
		return Integer.rotateRight(key, (count & 3) << 3);
	}

}
