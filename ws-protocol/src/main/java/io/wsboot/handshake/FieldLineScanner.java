package io.wsboot.handshake;

import static io.wsboot.handshake.MalformedRequest.badRequest;

/**
 * One header line after the other (RFC 9112 §5): a name, a colon right behind it, a
 * value. Judges each byte as it comes; does not check lengths, counts and line ends, and
 * not what a field means.
 */
final class FieldLineScanner {

	private boolean inName;

	private boolean inValue;

	/** Whether nothing of the line has come. */
	boolean atStart() {
		return !this.inName && !this.inValue;
	}

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

	/** Of which bytes any number may come next without a word. */
	int run() {
		return this.inValue ? HttpCharacters.FIELD_VALUE : HttpCharacters.TOKEN;
	}

	/** The line, which is not empty, ends before the next byte. */
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
