package io.wsboot.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads the value of a {@code Forwarded} field (RFC 7239 §4). Not thread-safe.
 */
final class ForwardedField {

	private static final String TOKEN_SPECIALS = "!#$%&'*+-.^_`|~";

	private final String text;

	private int at;

	ForwardedField(String text) {
		this.text = text;
	}

	/** What each proxy says, the nearest last; nothing at all if there is an error. */
	List<ForwardedElement> elements() {
		List<ForwardedElement> elements = new ArrayList<>();
		ForwardedElement element = null;
		skipBlanks();
		while (!isAtEnd()) {
			if (skip(',')) {
				addTo(elements, element);
				element = null;
			}
			else if (!skip(';')) {
				String name = token();
				String value = skip('=') ? value() : "";
				if (name.isEmpty() || value.isEmpty() || !isSeparated()) {
					return List.of();
				}
				element = ((element != null) ? element : ForwardedElement.EMPTY).with(name.toLowerCase(Locale.ROOT),
						value);
			}
			skipBlanks();
		}
		addTo(elements, element);
		return elements;
	}

	private static void addTo(List<ForwardedElement> elements, @Nullable ForwardedElement element) {
		if (element != null) {
			elements.add(element);
		}
	}

	private boolean isAtEnd() {
		return this.at == this.text.length();
	}

	private boolean isSeparated() {
		skipBlanks();
		return isAtEnd() || this.text.charAt(this.at) == ',' || this.text.charAt(this.at) == ';';
	}

	private String value() {
		return skip('"') ? quoted() : token();
	}

	private String token() {
		int start = this.at;
		while (!isAtEnd() && isOfToken(this.text.charAt(this.at))) {
			this.at++;
		}
		return this.text.substring(start, this.at);
	}

	private static boolean isOfToken(char c) {
		return c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN_SPECIALS.indexOf(c) >= 0);
	}

	/** Up to the closing quote; empty if there is none. */
	private String quoted() {
		StringBuilder value = new StringBuilder();
		while (!isAtEnd()) {
			char c = this.text.charAt(this.at++);
			if (c == '"') {
				return value.toString();
			}
			if (c == '\\' && !isAtEnd()) {
				c = this.text.charAt(this.at++);
			}
			value.append(c);
		}
		return "";
	}

	private boolean skip(char c) {
		if (!isAtEnd() && this.text.charAt(this.at) == c) {
			this.at++;
			return true;
		}
		return false;
	}

	private void skipBlanks() {
		while (!isAtEnd() && (this.text.charAt(this.at) == ' ' || this.text.charAt(this.at) == '\t')) {
			this.at++;
		}
	}

}
