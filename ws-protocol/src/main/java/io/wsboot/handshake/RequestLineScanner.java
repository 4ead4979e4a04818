package io.wsboot.handshake;

import static io.wsboot.handshake.MalformedRequest.badRequest;

/**
 * Checks a request line (RFC 9112 §3): a method, a target and a version with exactly one
 * space between them. Judges each byte as it comes: the last one that was read from the
 * {@link HeadBytes}, which begin with the request line. Does not check lengths and line
 * ends. Not thread-safe.
 *
 * <pre>
 * in method --space--&gt; in target --space--&gt; in version --end--&gt;
 * </pre>
 */
final class RequestLineScanner {

	private static final int TLS_HANDSHAKE_RECORD = 0x16;

	/** The form of a version (RFC 9112 §2.3); each d is a digit. */
	private static final String VERSION = "HTTP/d.d";

	private static final int MAJOR = VERSION.indexOf('d');

	private static final int MINOR = VERSION.lastIndexOf('d');

	private final HeadBytes bytes;

	/** Where the target begins; 0 in the method. */
	private int targetStart;

	/** Where the version begins; 0 in the method and the target. */
	private int versionStart;

	/** How many hexadecimal digits must follow a percent sign. */
	private int percentDigits;

	private boolean inQuery;

	/** Whether there are brackets before the query. */
	private boolean brackets;

	RequestLineScanner(HeadBytes bytes) {
		this.bytes = bytes;
	}

	/**
	 * Judges the byte that was read last.
	 * @throws MalformedRequest if the byte must not stand there
	 */
	void accept(int b) {
		if (this.targetStart == 0) {
			inMethod(b);
		}
		else if (this.versionStart == 0) {
			inTarget(b);
		}
		else {
			inVersion(b);
		}
	}

	/** The character class that may be skipped in bulk. */
	int run() {
		if (this.targetStart == 0) {
			return HttpCharacters.TOKEN;
		}
		if (this.versionStart != 0 || this.percentDigits > 0) {
			return HttpCharacters.NONE;
		}
		return this.inQuery ? HttpCharacters.QUERY : HttpCharacters.PATH;
	}

	/**
	 * Ends the line before the byte that was read last.
	 * @throws MalformedRequest if the line is not complete, or its target not one of a
	 * handshake
	 */
	void end() {
		if (this.bytes.index() == 0) {
			// §2.2 asks servers to skip such a line for the sake of old clients that end
			// a POST with one. There is no request before a handshake.
			throw badRequest("an empty line before the request (RFC 9112 §2.2)");
		}
		if (this.versionStart == 0 || this.bytes.index() != this.versionStart + VERSION.length()) {
			throw badRequest("a request line without method, target or version (RFC 9112 §3)");
		}
		if (this.bytes.at(this.targetStart) == '*') {
			throw badRequest("a request to the server as a whole (RFC 9112 §3.2.4)");
		}
	}

	/** The method of the complete line. */
	String method() {
		return this.bytes.text(0, this.targetStart - 1);
	}

	/**
	 * The target of the complete line.
	 * @throws MalformedRequest if it is malformed
	 */
	RequestTarget target() {
		return RequestTarget.parse(targetText());
	}

	/** The first digit of the version. */
	int majorVersion() {
		return this.bytes.at(this.versionStart + MAJOR) - '0';
	}

	/** The second digit of the version. */
	int minorVersion() {
		return this.bytes.at(this.versionStart + MINOR) - '0';
	}

	private String targetText() {
		return this.bytes.text(this.targetStart, this.versionStart - 1);
	}

	private void inMethod(int b) {
		int position = this.bytes.index();
		if (b == ' ' && position > 0) {
			this.targetStart = position + 1;
		}
		else if (b == TLS_HANDSHAKE_RECORD && position == 0) {
			throw badRequest("TLS is spoken to a port without it (RFC 8446 §5.1)");
		}
		else if (!HttpCharacters.is(HttpCharacters.TOKEN, b)) {
			throw badRequest("a method that is no token (RFC 9110 §9.1)");
		}
	}

	private void inTarget(int b) {
		if (this.percentDigits > 0) {
			if (!HttpCharacters.is(HttpCharacters.HEX_DIGIT, b)) {
				throw badRequest("a percent sign without two hexadecimal digits (RFC 3986 §2.1)");
			}
			this.percentDigits--;
		}
		else if (b == ' ') {
			endTarget();
		}
		else if (b == '%') {
			this.percentDigits = 2;
		}
		else if (b == '#') {
			throw badRequest("a fragment in the request target (RFC 9112 §3.2, RFC 6455 §3)");
		}
		else if (!HttpCharacters.is(this.inQuery ? HttpCharacters.QUERY : HttpCharacters.PATH, b)) {
			beyondPath(b);
		}
	}

	private void beyondPath(int b) {
		if (b == '?' && !this.inQuery) {
			this.inQuery = true;
		}
		else if ((b == '[' || b == ']') && !this.inQuery) {
			this.brackets = true;
		}
		else {
			throw badRequest("a character in the request target that no URI may hold (RFC 3986 §2)");
		}
	}

	private void endTarget() {
		int position = this.bytes.index();
		if (position == this.targetStart) {
			throw badRequest("two spaces before the request target (RFC 9112 §3)");
		}
		this.versionStart = position + 1;
		// A target that may be wrong is judged now. The end of the head parses it again,
		// as until then nothing but the bytes is kept. The asterisk waits for the
		// version: HTTP/2 clients begin with `PRI * HTTP/2.0` (RFC 9113 §3.4).
		if ((this.bytes.at(this.targetStart) != '/' || this.brackets) && !targetText().equals("*")) {
			target();
		}
	}

	private void inVersion(int b) {
		int index = this.bytes.index() - this.versionStart;
		char expected = (index < VERSION.length()) ? VERSION.charAt(index) : '\r';
		if ((expected == 'd') ? !HttpCharacters.is(HttpCharacters.DIGIT, b) : b != expected) {
			throw badRequest("a version that is not HTTP/1.1 or alike (RFC 9112 §2.3)");
		}
		if (index == MINOR && majorVersion() != 1) {
			throw new MalformedRequest(505, "a major version of HTTP other than 1 (RFC 9110 §15.6.6)");
		}
	}

}
