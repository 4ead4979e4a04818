package io.wsboot;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What of a text is UTF-8, told by the JDK's decoder.
 */
public final class NaiveUtf8 {

	private NaiveUtf8() {
	}

	/**
	 * Finds the first byte with which no text can go on.
	 * @param text the bytes
	 * @return its index; the length of the text if that ends within a character; -1 if
	 * all of it is right
	 */
	public static int firstWrong(byte[] text) {
		ByteBuffer in = ByteBuffer.wrap(text);
		if (!decoder().decode(in, CharBuffer.allocate(text.length), true).isError()) {
			return -1;
		}
		int start = in.position(); // of the character that is wrong
		for (int end = start + 1; end <= Math.min(start + 4, text.length); end++) {
			if (!canBecomeValid(Arrays.copyOfRange(text, start, end))) {
				return end - 1;
			}
		}
		return text.length;
	}

	/**
	 * A character that has begun can be ended with some of the lowest or highest
	 * continuation bytes, whatever its bounds.
	 */
	private static boolean canBecomeValid(byte[] begun) {
		for (int more = 0; more <= 3; more++) {
			for (int choice = 0; choice < (1 << more); choice++) {
				byte[] whole = Arrays.copyOf(begun, begun.length + more);
				for (int i = 0; i < more; i++) {
					whole[begun.length + i] = (byte) (((choice >> i) & 1) == 0 ? 0x80 : 0xBF);
				}
				if (!decoder().decode(ByteBuffer.wrap(whole), CharBuffer.allocate(whole.length), true).isError()) {
					return true;
				}
			}
		}
		return false;
	}

	private static CharsetDecoder decoder() {
		return StandardCharsets.UTF_8.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
	}

}
