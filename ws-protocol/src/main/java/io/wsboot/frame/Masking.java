package io.wsboot.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the mask off a payload (RFC 6455 §5.3) while copying it to where it is needed.
 * Does not know where in a frame it is: the caller turns the key.
 * <p>
 * Copies a piece that stays in the nearest cache, and then unmasks it in place, eight
 * bytes at a time. One pass over the buffer would touch each byte only once, but until it
 * is compiled as a whole each of its accesses is a call: a server that turned to long
 * messages after many others took thirty times as long for the first second. The copy is
 * fast from the beginning.
 */
final class Masking {

	private static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	/** A multiple of eight, so that the key does not turn within a payload. */
	private static final int PIECE = 8 * 1024;

	private Masking() {
	}

	/**
	 * Unmasks and copies.
	 * @param from the masked bytes; its position stays
	 * @param index of the first byte in {@code from}
	 * @param to takes the bytes
	 * @param at index of the first byte in {@code to}
	 * @param count how many
	 * @param key the masking key whose lowest byte belongs to the first byte
	 * @return the unmasked bytes, or-ed together in eight lanes
	 */
	static long unmask(ByteBuffer from, int index, byte[] to, int at, int count, int key) {
		long seen = 0;
		for (int done = 0; done < count; done += PIECE) {
			int piece = Math.min(PIECE, count - done);
			from.get(index + done, to, at + done, piece);
			seen |= unmask(to, at + done, piece, key);
		}
		return seen;
	}

	private static long unmask(byte[] bytes, int at, int count, int key) {
		long wide = (key & 0xFFFF_FFFFL) | ((long) key << 32);
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
	 * The key for what follows.
	 * @param key the key of the byte at 0
	 * @param count how many bytes are done
	 * @return the key of the byte at {@code count}
	 */
	static int turn(int key, int count) {
		return Integer.rotateRight(key, (count & 3) << 3);
	}

}
