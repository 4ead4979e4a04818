package io.wsboot;

/**
 * The characters of names and values of header fields (RFC 9110 §5.1 and §5.5). A
 * character is a byte, 0 to 255.
 */
final class FieldCharacters {

	private static final byte NAME = 1;

	private static final byte VALUE = 2;

	private static final byte[] KINDS = new byte[256];

	static {
		for (char c = 0; c < KINDS.length; c++) {
			boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
			if (alphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0) {
				KINDS[c] |= NAME;
			}
			if ((c >= ' ' && c != 0x7F) || c == '\t') {
				KINDS[c] |= VALUE;
			}
		}
	}

	private FieldCharacters() {
	}

	/** Whether a text is a name, which is not empty. */
	static boolean isName(String text) {
		return !text.isEmpty() && are(text, NAME);
	}

	/** Whether a text is a value, which may be empty. */
	static boolean isValue(String text) {
		return are(text, VALUE);
	}

	private static boolean are(String text, byte kind) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c > 0xFF || (KINDS[c] & kind) == 0) {
				return false;
			}
		}
		return true;
	}

	/** The index behind the name at the start of a range; the start if there is none. */
	static int endOfName(byte[] bytes, int from, int to) {
		return end(bytes, from, to, NAME);
	}

	/** The index behind the value, with the blanks around it, at the start of a range. */
	static int endOfValue(byte[] bytes, int from, int to) {
		return end(bytes, from, to, VALUE);
	}

	private static int end(byte[] bytes, int from, int to, byte kind) {
		int end = from;
		while (end < to && (KINDS[bytes[end] & 0xFF] & kind) != 0) {
			end++;
		}
		return end;
	}

}
