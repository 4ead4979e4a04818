package io.wsboot.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the mask off a payload (RFC 6455 §5.3) while copying the payload to an array, and
 * puts a mask on bytes of a buffer. The position within the frame is the caller's: the
 * caller rotates the key.
 * <p>
 * A short payload is unmasked in one pass over the buffer, as a copy would cost as much
 * again. A long payload is copied in pieces that stay in the nearest cache, and each
 * piece is unmasked in place. One pass would touch each byte only once, but was four
 * times as slow in some servers that had done other work before their first long message,
 * and stayed so. The copy is always fast.
 */
final class Masking {

	private static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final int SHORT = 256;

	/** A multiple of eight, so that every piece begins with the same key. */
	private static final int PIECE = 8 * 1024;

	private Masking() {
	}

	/**
	 * Copies bytes and takes their mask off.
	 * @param from the masked bytes, little-endian; its position stays
	 * @param index index of the first byte in {@code from}
	 * @param to takes the unmasked bytes
	 * @param at index of the first byte in {@code to}
	 * @param count how many bytes, 0 or more
	 * @param key the masking key, whose lowest byte belongs to the first byte
	 * @return the unmasked bytes, or-ed together in eight lanes
	 */
	static long unmask(ByteBuffer from, int index, byte[] to, int at, int count, int key) {
		return (count < SHORT) ? unmaskShort(from, index, to, at, count, key)
				: inPieces(from, index, to, at, count, key);
	}

	/** Does the same as {@link #unmask} in one pass, which is best for a few bytes. */
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

	/**
	 * Puts a mask on bytes in place.
	 * @param bytes the buffer, in either byte order; its position stays
	 * @param from index of the first byte
	 * @param to index behind the last byte
	 * @param key the masking key, whose lowest byte belongs to the first byte
	 */
	static void mask(ByteBuffer bytes, int from, int to, int key) {
		long wide = (bytes.order() == ByteOrder.LITTLE_ENDIAN) ? wide(key) : Long.reverseBytes(wide(key));
		int i = from;
		for (; i <= to - 8; i += 8) {
			bytes.putLong(i, bytes.getLong(i) ^ wide);
		}
		for (; i < to; i++) {
			bytes.put(i, (byte) (bytes.get(i) ^ (key >>> (((i - from) & 3) << 3))));
		}
	}

	/** The key twice, for eight bytes. */
	private static long wide(int key) {
		return (key & 0xFFFF_FFFFL) | ((long) key << 32);
	}

	/**
	 * Rotates a key, for the bytes behind those that have been masked or unmasked.
	 * @param key the key whose lowest byte belongs to byte 0
	 * @param count how many bytes have been dealt with, 0 or more
	 * @return the key whose lowest byte belongs to byte {@code count}
	 */
	static int turn(int key, int count) {
		return Integer.rotateRight(key, (count & 3) << 3);
	}

}
