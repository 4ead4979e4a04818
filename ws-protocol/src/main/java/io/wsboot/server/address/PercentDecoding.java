package io.wsboot.server.address;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Percent-encoding (RFC 3986 §2.1) of UTF-8, without the leniency that lets one text be
 * written in several ways: no overlong forms, no replacement characters.
 */
final class PercentDecoding {

	private PercentDecoding() {
	}

	/**
	 * Decodes a piece of a path; a plus sign stays one.
	 * @param raw the piece as it was sent
	 * @return the text, or null if it is not percent-encoded UTF-8
	 */
	static @Nullable String decode(String raw) {
		return isPlain(raw) ? raw : decodeBytes(raw);
	}

	/** Whether it means itself, as nearly all pieces do. */
	private static boolean isPlain(String raw) {
		for (int i = 0; i < raw.length(); i++) {
			char c = raw.charAt(i);
			if (c == '%' || c > 0x7F) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String decodeBytes(String raw) {
		ByteBuffer bytes = ByteBuffer.allocate(raw.length());
		int index = 0;
		while (index < raw.length()) {
			char c = raw.charAt(index++);
			if (c != '%') {
				if (c > 0x7F) {
					return null;
				}
				bytes.put((byte) c);
				continue;
			}
			int value = hexByte(raw, index);
			if (value < 0) {
				return null;
			}
			bytes.put((byte) value);
			index += 2;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	/** The value of two digits; negative if they are not there. */
	private static int hexByte(String raw, int index) {
		if (index + 2 > raw.length()) {
			return -1;
		}
		int high = hexDigit(raw.charAt(index));
		int low = hexDigit(raw.charAt(index + 1));
		return (high < 0 || low < 0) ? -1 : 16 * high + low;
	}

	/** ASCII only, unlike {@link Character#digit(char, int)}. */
	private static int hexDigit(char c) {
		return (c > 0x7F) ? -1 : Character.digit(c, 16);
	}

}
