package io.wsboot.handshake;

/**
 * The character classes of HTTP and of URIs. A character is a byte, 0 to 255; a class is
 * a bit, so that bits joined by {@code |} stand for several classes.
 */
final class HttpCharacters {

	/** The class of no character. */
	static final int NONE = 0;

	/** The characters of a token (RFC 9110 §5.6.2, tchar). */
	static final int TOKEN = 1;

	/**
	 * The characters of a host name beside percent signs: unreserved and sub-delims (RFC
	 * 3986 §2.2 and §2.3).
	 */
	static final int REGISTERED_NAME = 2;

	/** The characters of a path beside percent signs (RFC 3986 §3.3). */
	static final int PATH = 4;

	/**
	 * The characters of a query beside percent signs (RFC 3986 §3.4), and those that
	 * browsers do not encode in a query although RFC 3986 wants it (URL Standard, query
	 * percent-encode set).
	 */
	static final int QUERY = 8;

	/**
	 * The characters of a field value (RFC 9110 §5.5): visible ones, space, tab and the
	 * bytes above ASCII.
	 */
	static final int FIELD_VALUE = 16;

	static final int DIGIT = 32;

	static final int HEX_DIGIT = 64;

	private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	private static final byte[] CLASSES = new byte[256];

	static {
		add(TOKEN, LETTERS_AND_DIGITS + "!#$%&'*+-.^_`|~");
		add(REGISTERED_NAME | PATH | QUERY, LETTERS_AND_DIGITS + "-._~" + "!$&'()*+,;=");
		add(PATH | QUERY, ":@/");
		add(QUERY, "?" + "[]{}|^`\\");
		add(DIGIT | HEX_DIGIT, "0123456789");
		add(HEX_DIGIT, "abcdefABCDEF");
		for (int c = 0; c < CLASSES.length; c++) {
			if ((c >= ' ' && c != 0x7F) || c == '\t') {
				CLASSES[c] |= FIELD_VALUE;
			}
		}
	}

	private HttpCharacters() {
	}

	private static void add(int classes, String characters) {
		for (int i = 0; i < characters.length(); i++) {
			CLASSES[characters.charAt(i)] |= (byte) classes;
		}
	}

	/** Whether a character is of one of the given classes. */
	static boolean is(int oneOf, int c) {
		return c < CLASSES.length && (CLASSES[c] & oneOf) != 0;
	}

	/** Whether all characters of a text are of the given classes. */
	static boolean are(int oneOf, String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!is(oneOf, text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	/** Whether a text is a token (RFC 9110 §5.6.2). */
	static boolean isToken(String text) {
		return !text.isEmpty() && are(TOKEN, text);
	}

	/**
	 * The index of the first byte of a range that is of none of the given classes; the
	 * end of the range if there is none.
	 */
	static int endOfRun(int oneOf, byte[] bytes, int from, int to) {
		int end = from;
		while (end < to && (CLASSES[bytes[end] & 0xFF] & oneOf) != 0) {
			end++;
		}
		return end;
	}

}
