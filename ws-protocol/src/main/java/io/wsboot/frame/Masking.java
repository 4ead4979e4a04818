package io.wsboot.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the mask off a payload (RFC 6455 §5.3) while copying it to where it is needed,
 * eight bytes at a time, so that each byte is touched once. Does not know where in a
 * frame it is: the caller turns the key.
 */
final class Masking {

	private static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private Masking() {
	}

	/**
	 * Unmasks and copies.
	 * @param from the masked bytes, in {@link ByteOrder#LITTLE_ENDIAN little-endian}
	 * order; its position stays
	 * @param index of the first byte in {@code from}
	 * @param to takes the bytes
	 * @param at index of the first byte in {@code to}
	 * @param count how many
	 * @param key the masking key whose lowest byte belongs to the first byte
	 * @return the unmasked bytes, or-ed together in eight lanes
	 */
	static long unmask(ByteBuffer from, int index, byte[] to, int at, int count, int key) {
		long wide = (key & 0xFFFF_FFFFL) | ((long) key << 32);
		long seen = 0;
		int i = 0;
		for (; i <= count - 8; i += 8) {
			long word = from.getLong(index + i) ^ wide;
			BYTES.set(to, at + i, word);
			seen |= word;
		}
		for (; i < count; i++) {
			byte b = (byte) (from.get(index + i) ^ (key >>> ((i & 3) << 3)));
			to[at + i] = b;
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
