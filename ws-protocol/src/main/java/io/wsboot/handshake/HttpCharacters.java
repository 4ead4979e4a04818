package io.wsboot.handshake;

/**
 * The character classes of HTTP and of URIs. Characters are bytes, 0 to 255; a class is a
 * bit.
 */
final class HttpCharacters {

	/** Of no character. */
	static final int NONE = 0;

	/** RFC 9110 §5.6.2: tchar. */
	static final int TOKEN = 1;

	/**
	 * RFC 3986 §2.2 and §2.3: unreserved and sub-delims, what a host name may hold beside
	 * percent signs.
	 */
	static final int REGISTERED_NAME = 2;

	/** RFC 3986 §3.3: the same, and what else a path may hold beside percent signs. */
	static final int PATH = 4;

	/**
	 * RFC 3986 §3.4: the same, the question mark, and what browsers leave as it is in a
	 * query although RFC 3986 does not allow it (URL Standard, query percent-encode set).
	 */
	static final int QUERY = 8;

	/** RFC 9110 §5.5: visible characters, space, tab and the bytes above ASCII. */
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

	static boolean is(int oneOf, int c) {
		return c < CLASSES.length && (CLASSES[c] & oneOf) != 0;
	}

	/** Whether it has none but these; so has an empty text. */
	static boolean are(int oneOf, String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!is(oneOf, text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	static boolean isToken(String text) {
		return !text.isEmpty() && are(TOKEN, text);
	}

	/** Where the run of such bytes ends that begins here; here if there is none. */
	static int endOfRun(int oneOf, byte[] bytes, int from, int to) {
		int end = from;
		while (end < to && (CLASSES[bytes[end] & 0xFF] & oneOf) != 0) {
			end++;
		}
		return end;
	}

}
