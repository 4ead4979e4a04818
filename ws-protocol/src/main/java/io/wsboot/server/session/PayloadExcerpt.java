package io.wsboot.server.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The beginning of a payload in a form that is safe to log: one line, without characters
 * that a terminal or a reader could mistake for others.
 */
final class PayloadExcerpt {

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private PayloadExcerpt() {
	}

	/**
	 * An excerpt of a text, in quotes.
	 * @param most the maximum number of bytes in UTF-8; 0 makes an empty string
	 */
	static String ofText(String text, int most) {
		StringBuilder excerpt = new StringBuilder("\"");
		int size = 0;
		int i = 0;
		while (i < text.length()) {
			int codePoint = text.codePointAt(i);
			size += size(codePoint);
			if (size > most) {
				break;
			}
			append(excerpt, codePoint);
			i += Character.charCount(codePoint);
		}
		return end(excerpt, '"', most, i < text.length());
	}

	/**
	 * An excerpt of UTF-8 bytes from position to limit, in quotes.
	 * @param most the maximum number of bytes; 0 makes an empty string
	 */
	static String ofText(ByteBuffer utf8, int most) {
		// one character more shows whether the excerpt is cut
		ByteBuffer start = utf8.duplicate().limit(utf8.position() + Math.min(utf8.remaining(), most + 4));
		return ofText(StandardCharsets.UTF_8.decode(start).toString(), most);
	}

	/**
	 * An excerpt of bytes in hexadecimal, in brackets.
	 * @param most the maximum number of bytes; 0 makes an empty string
	 */
	static String ofBytes(ByteBuffer payload, int most) {
		byte[] start = new byte[Math.min(payload.remaining(), most)];
		payload.duplicate().get(start);
		return end(new StringBuilder("[").append(HEX.formatHex(start)), ']', most, payload.remaining() > most);
	}

	private static String end(StringBuilder excerpt, char end, int most, boolean cut) {
		if (most == 0) {
			return "";
		}
		return excerpt.append(end).append(cut ? "..." : "").toString();
	}

	private static int size(int codePoint) {
		if (codePoint < 0x80) {
			return 1;
		}
		if (codePoint < 0x800) {
			return 2;
		}
		return (codePoint < 0x10000) ? 3 : 4;
	}

	private static void append(StringBuilder excerpt, int codePoint) {
		if (codePoint == '"' || codePoint == '\\') {
			excerpt.append('\\').appendCodePoint(codePoint);
		}
		else if (isHarmless(codePoint)) {
			excerpt.appendCodePoint(codePoint);
		}
		else {
			excerpt.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
		}
	}

	/**
	 * Whether a character neither ends a line, nor moves the cursor or turns text around.
	 */
	private static boolean isHarmless(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

}
