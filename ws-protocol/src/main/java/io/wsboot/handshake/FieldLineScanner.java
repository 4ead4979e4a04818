package io.wsboot.handshake;

import static io.wsboot.handshake.MalformedRequest.badRequest;

/**
 * Checks header lines, one after the other (RFC 9112 §5): a name, a colon right behind
 * the name, a value. Judges each byte as it comes. Does not check lengths, counts and
 * line ends, nor what a field means. Not thread-safe.
 *
 * <pre>
 * start --name byte--&gt; in name --colon--&gt; in value --end--&gt; start
 * </pre>
 */
final class FieldLineScanner {

	private boolean inName;

	private boolean inValue;

	/** Whether no byte of the current line has come. */
	boolean atStart() {
		return !this.inName && !this.inValue;
	}

	/**
	 * Judges the next byte of the line.
	 * @throws MalformedRequest if the byte must not stand there
	 */
	void accept(int b) {
		if (this.inValue) {
			if (!HttpCharacters.is(HttpCharacters.FIELD_VALUE, b)) {
				throw badRequest("a control character in a header value (RFC 9110 §5.5)");
			}
		}
		else if (this.inName) {
			inName(b);
		}
		else {
			firstOfName(b);
		}
	}

	/** The character class that may be skipped in bulk. */
	int run() {
		return this.inValue ? HttpCharacters.FIELD_VALUE : HttpCharacters.TOKEN;
	}

	/**
	 * Ends the line, of which at least one byte has come.
	 * @throws MalformedRequest if the line has no colon
	 */
	void end() {
		if (!this.inValue) {
			throw badRequest("a header line without a colon (RFC 9112 §5)");
		}
		this.inValue = false;
		this.inName = false;
	}

	private void firstOfName(int b) {
		if (isBlank(b)) {
			throw badRequest("a header line that begins with white space (RFC 9112 §2.2, §5.2)");
		}
		if (!HttpCharacters.is(HttpCharacters.TOKEN, b)) {
			throw badRequest("a header name that is empty or no token (RFC 9110 §5.1)");
		}
		this.inName = true;
	}

	private void inName(int b) {
		if (b == ':') {
			this.inValue = true;
		}
		else if (isBlank(b)) {
			throw badRequest("white space between a header name and its colon (RFC 9112 §5.1)");
		}
		else if (!HttpCharacters.is(HttpCharacters.TOKEN, b)) {
			throw badRequest("a header name that is no token (RFC 9110 §5.1)");
		}
	}

	private static boolean isBlank(int b) {
		return b == ' ' || b == '\t';
	}

}
