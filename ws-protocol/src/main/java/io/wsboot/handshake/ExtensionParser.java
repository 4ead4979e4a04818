package io.wsboot.handshake;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.handshake.ExtensionOffer.Parameter;

/**
 * Reads one {@code Sec-WebSocket-Extensions} field (RFC 6455 §9.1). White space may stand
 * around every separator, and list members may be empty (RFC 9110 §5.6.1.2).
 */
final class ExtensionParser {

	private final String text;

	private int position;

	ExtensionParser(String text) {
		this.text = text;
	}

	static MalformedRequest malformed() {
		return MalformedRequest.badRequest("a Sec-WebSocket-Extensions field that breaks its grammar (RFC 6455 §9.1)");
	}

	void parseInto(List<ExtensionOffer> offers) {
		do {
			skipBlanks();
			if (!atEnd() && this.text.charAt(this.position) != ',') {
				offers.add(offer());
			}
		}
		while (skip(','));
		if (!atEnd()) {
			throw malformed();
		}
	}

	private ExtensionOffer offer() {
		String name = token();
		List<Parameter> parameters = new ArrayList<>();
		while (skip(';')) {
			skipBlanks();
			parameters.add(parameter());
		}
		return new ExtensionOffer(name, parameters);
	}

	private Parameter parameter() {
		String name = token();
		if (!skip('=')) {
			return new Parameter(name, null);
		}
		skipBlanks();
		return new Parameter(name, (!atEnd() && this.text.charAt(this.position) == '"') ? quotedToken() : token());
	}

	private String token() {
		int start = this.position;
		while (!atEnd() && HttpCharacters.is(HttpCharacters.TOKEN, this.text.charAt(this.position))) {
			this.position++;
		}
		if (this.position == start) {
			throw malformed();
		}
		return this.text.substring(start, this.position);
	}

	/** What is left of it without quotes and backslashes must be a token, says §9.1. */
	private String quotedToken() {
		StringBuilder unquoted = new StringBuilder();
		this.position++;
		while (!skipQuote()) {
			if (!atEnd() && this.text.charAt(this.position) == '\\') {
				this.position++;
			}
			if (atEnd()) {
				throw malformed();
			}
			unquoted.append(this.text.charAt(this.position++));
		}
		if (!HttpCharacters.isToken(unquoted.toString())) {
			throw malformed();
		}
		return unquoted.toString();
	}

	private boolean skipQuote() {
		boolean quote = !atEnd() && this.text.charAt(this.position) == '"';
		if (quote) {
			this.position++;
		}
		return quote;
	}

	/** Skips a separator, and white space before it, if it comes next. */
	private boolean skip(char separator) {
		skipBlanks();
		boolean found = !atEnd() && this.text.charAt(this.position) == separator;
		if (found) {
			this.position++;
		}
		return found;
	}

	private void skipBlanks() {
		while (!atEnd() && " \t".indexOf(this.text.charAt(this.position)) >= 0) {
			this.position++;
		}
	}

	private boolean atEnd() {
		return this.position == this.text.length();
	}

}
