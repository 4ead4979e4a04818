package io.wsboot.handshake;

/**
 * Walks over a field value that is made of tokens, quoted strings and separators (RFC
 * 9110 §5.6). Does not check the order in which they stand. Not thread-safe.
 */
final class FieldCursor {

	private final String text;

	private int position;

	FieldCursor(String text) {
		this.text = text;
	}

	boolean isAtEnd() {
		return this.position == this.text.length();
	}

	/** Whether a character comes next. */
	boolean isAt(char c) {
		return !isAtEnd() && this.text.charAt(this.position) == c;
	}

	/** Skips a character if it comes next; false if another one does. */
	boolean skip(char c) {
		boolean found = isAt(c);
		if (found) {
			this.position++;
		}
		return found;
	}

	/**
	 * Skips white space and, if it comes next, a separator with the white space behind
	 * it; false if no such separator comes next.
	 */
	boolean skipSeparator(char c) {
		skipBlanks();
		boolean found = skip(c);
		skipBlanks();
		return found;
	}

	void skipBlanks() {
		while (isAt(' ') || isAt('\t')) {
			this.position++;
		}
	}

	/** Takes a token (RFC 9110 §5.6.2); empty if none comes next. */
	String token() {
		int start = this.position;
		while (!isAtEnd() && HttpCharacters.is(HttpCharacters.TOKEN, this.text.charAt(this.position))) {
			this.position++;
		}
		return this.text.substring(start, this.position);
	}

	/**
	 * Takes a token or the text of a quoted string (RFC 9110 §5.6.4) without quotes and
	 * backslashes; empty if neither comes next or the closing quote is missing.
	 */
	String tokenOrQuotedString() {
		if (!skip('"')) {
			return token();
		}
		StringBuilder unquoted = new StringBuilder();
		while (!isAtEnd()) {
			if (skip('"')) {
				return unquoted.toString();
			}
			if (skip('\\') && isAtEnd()) {
				break;
			}
			unquoted.append(this.text.charAt(this.position++));
		}
		return "";
	}

}
