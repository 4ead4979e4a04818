package io.wsboot.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import io.wsboot.CloseStatus;

/**
 * Checks that text is UTF-8 (RFC 3629 §4) as the text arrives, in pieces that are cut
 * anywhere: no overlong form, no surrogate, nothing above U+10FFFF. The check fails at
 * the first byte that cannot be right (RFC 6455 §8.1). Not thread-safe.
 */
public final class Utf8Validator {

	private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

	/** Bytes that the current character still needs, 0 to 3. */
	private int missing;

	/** Bounds of the next byte of the current character, unsigned. */
	private int lowest = 0x80;

	private int highest = 0xBF;

	/**
	 * Checks the next piece.
	 * @param bytes holds the piece
	 * @param from index of its first byte
	 * @param to index behind its last byte
	 * @throws ProtocolViolation 1007 at the first byte that is wrong
	 */
	public void check(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to) {
			if (this.missing == 0) {
				while (i <= to - 8 && ((long) WORDS.get(bytes, i) & HIGH_BITS) == 0) {
					i += 8;
				}
				if (i < to) {
					lead(bytes[i++] & 0xFF);
				}
			}
			else {
				trail(bytes[i++] & 0xFF);
			}
		}
	}

	/**
	 * Checks that the text does not end inside a character. The next piece belongs to
	 * another text.
	 * @throws ProtocolViolation 1007 if the text ends inside a character
	 */
	public void end() {
		if (this.missing != 0) {
			throw invalid();
		}
	}

	/**
	 * Whether the text so far ends between two characters, so that a piece of pure ASCII
	 * needs no check.
	 * @return true between two characters
	 */
	public boolean betweenCharacters() {
		return this.missing == 0;
	}

	private void lead(int b) {
		if (b < 0x80) {
			return;
		}
		if (b >= 0xC2 && b <= 0xDF) {
			expect(1, 0x80, 0xBF);
		}
		else if (b >= 0xE0 && b <= 0xEF) {
			expect(2, (b == 0xE0) ? 0xA0 : 0x80, (b == 0xED) ? 0x9F : 0xBF);
		}
		else if (b >= 0xF0 && b <= 0xF4) {
			expect(3, (b == 0xF0) ? 0x90 : 0x80, (b == 0xF4) ? 0x8F : 0xBF);
		}
		else {
			throw invalid();
		}
	}

	private void trail(int b) {
		if (b < this.lowest || b > this.highest) {
			throw invalid();
		}
		expect(this.missing - 1, 0x80, 0xBF);
	}

	private void expect(int missing, int lowest, int highest) {
		this.missing = missing;
		this.lowest = lowest;
		this.highest = highest;
	}

	private static ProtocolViolation invalid() {
		return new ProtocolViolation(CloseStatus.INVALID_PAYLOAD, "text is not UTF-8 (RFC 6455 §8.1)");
	}

}
