package io.wsboot.server.address;

import org.jspecify.annotations.Nullable;

/**
 * What stands between two slashes of a {@link PathTemplate}.
 *
 * @param text the text of a literal, or the name of a variable
 * @param variable whether it is a variable
 */
record Segment(String text, boolean variable) {

	/** RFC 3986 §3.3: pchar, but for the percent sign and the semicolon. */
	private static final String LITERAL = "[A-Za-z0-9._~!$&'()*+,=:@-]+";

	static Segment parse(String written, String template) {
		String problem = null;
		if (written.isEmpty()) {
			problem = "has an empty segment: write it without double slashes and without a slash at the end";
		}
		else if (written.startsWith("{") && written.endsWith("}")) {
			String name = written.substring(1, written.length() - 1);
			if (isIdentifier(name)) {
				return new Segment(name, true);
			}
			problem = "has a variable " + written + " whose name is no Java identifier: write, say, {room}";
		}
		else if (written.indexOf('{') >= 0 || written.indexOf('}') >= 0) {
			problem = "has a segment \"" + written
					+ "\" that is a variable in part: a variable takes a whole segment, as in \"/chat/{room}\"";
		}
		else if (written.equals(".") || written.equals("..")) {
			problem = "has a segment \"" + written + "\", which clients resolve before they send it: leave it out";
		}
		else if (!written.matches(LITERAL)) {
			problem = "has a segment \"" + written
					+ "\" with a character that is not allowed: write ASCII letters, digits and -._~!$&'()*+,=:@";
		}
		if (problem != null) {
			throw new IllegalArgumentException("endpoint path \"" + template + "\" " + problem);
		}
		return new Segment(written, false);
	}

	/**
	 * Matches a segment as it was sent.
	 * @param raw the segment, not decoded
	 * @return its text, decoded if this is a variable; null if it does not match
	 */
	@Nullable String match(String raw) {
		if (!this.variable) {
			return raw.equals(this.text) ? raw : null;
		}
		String value = PercentDecoding.decode(raw);
		return (value != null && isHarmless(value)) ? value : null;
	}

	/** Keeps out what would be more than a name to a file system, a log or a broker. */
	private static boolean isHarmless(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '/' || c == '\\' || Character.isISOControl(c)) {
				return false;
			}
		}
		return !value.isEmpty() && !value.equals(".") && !value.equals("..");
	}

	private static boolean isIdentifier(String name) {
		return !name.isEmpty() && Character.isJavaIdentifierStart(name.codePointAt(0)) && name.codePoints()
			.allMatch((c) -> Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
	}

}
