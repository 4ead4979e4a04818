package io.wsboot.server.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The beginning of a payload in a form that is safe to log: one line, without characters
 * that a terminal or a reader could take for something else.
 */
final class PayloadExcerpt {

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private PayloadExcerpt() {
	}

	/** At most a number of bytes of UTF-8, in quotes; empty if the number is 0. */
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

	/** The same of bytes from position to limit, which are UTF-8. */
	static String ofText(ByteBuffer utf8, int most) {
		// one character more, to see that there is one
		ByteBuffer start = utf8.duplicate().limit(utf8.position() + Math.min(utf8.remaining(), most + 4));
		return ofText(StandardCharsets.UTF_8.decode(start).toString(), most);
	}

	/**
	 * At most a number of bytes in hexadecimal, in brackets; empty if the number is 0.
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

	/** Whether a character ends no line, moves no cursor and turns no text around. */
	private static boolean isHarmless(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

}
