package io.wsboot.handshake;

import java.util.BitSet;

/**
 * The character classes of HTTP and of URIs. Characters are bytes, 0 to 255.
 */
final class HttpCharacters {

	private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	/** RFC 9110 §5.6.2: tchar. */
	private static final BitSet TOKEN = setOf(LETTERS_AND_DIGITS + "!#$%&'*+-.^_`|~");

	/** RFC 3986 §2.2 and §2.3: unreserved and sub-delims, what a host name may hold. */
	private static final BitSet NAME = setOf(LETTERS_AND_DIGITS + "-._~" + "!$&'()*+,;=");

	/** RFC 3986 §3.3 and §3.4: the same, and what else a path or a query may hold. */
	private static final BitSet PATH_OR_QUERY = setOf(LETTERS_AND_DIGITS + "-._~" + "!$&'()*+,;=" + ":@/?");

	/**
	 * What browsers leave as it is in a query although RFC 3986 does not allow it (URL
	 * Standard, query percent-encode set).
	 */
	private static final BitSet RAW_IN_QUERIES = setOf("[]{}|^`\\");

	private HttpCharacters() {
	}

	static boolean isToken(int c) {
		return TOKEN.get(c);
	}

	static boolean isToken(String text) {
		return !text.isEmpty() && text.chars().allMatch(HttpCharacters::isToken);
	}

	/** A percent sign is not one of them. */
	static boolean isRegisteredName(int c) {
		return NAME.get(c);
	}

	/** A percent sign is not one of them. */
	static boolean isPathOrQuery(int c) {
		return PATH_OR_QUERY.get(c);
	}

	/** Not the business of RFC 3986, but of browsers. */
	static boolean isSentRawInQueries(int c) {
		return RAW_IN_QUERIES.get(c);
	}

	/** RFC 9110 §5.5: visible characters, space, tab and the bytes above ASCII. */
	static boolean isFieldValue(int c) {
		return (c >= ' ' && c != 0x7F) || c == '\t';
	}

	static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

	static boolean isHexDigit(int c) {
		return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
	}

	private static BitSet setOf(String characters) {
		BitSet set = new BitSet(256);
		characters.chars().forEach(set::set);
		return set;
	}

}
