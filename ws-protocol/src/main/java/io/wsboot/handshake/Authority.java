package io.wsboot.handshake;

/**
 * Checks a host with an optional port, as it stands in the {@code Host} field (RFC 9110
 * §7.2) and in an {@code http} URI (RFC 3986 §3.2). An empty host is refused in both (RFC
 * 9110 §4.2.1), and so is {@code user@}, which hides where a URI leads (RFC 9110 §4.2.4).
 */
final class Authority {

	private static final int MAX_PORT = 65535;

	private Authority() {
	}

	/** Whether a text is a host with an optional port of 0 to 65535. */
	static boolean isValid(String text) {
		int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : portColon(text);
		String host = text.substring(0, hostEnd);
		return (isAddress(host) || isName(host)) && isPort(text.substring(hostEnd));
	}

	private static int portColon(String text) {
		int colon = text.indexOf(':');
		return (colon < 0) ? text.length() : colon;
	}

	/**
	 * Whether a host looks like an IPv6 address in brackets (RFC 3986 §3.2.2). The form
	 * for versions of IP that do not exist yet is refused.
	 */
	private static boolean isAddress(String host) {
		if (!host.startsWith("[") || host.indexOf(':') < 0) {
			return false;
		}
		for (int i = 1; i < host.length() - 1; i++) {
			char c = host.charAt(i);
			if (!HttpCharacters.is(HttpCharacters.HEX_DIGIT, c) && c != ':' && c != '.') {
				return false;
			}
		}
		return true;
	}

	/** Whether a host is a registered name (RFC 3986 §3.2.2) and not empty. */
	private static boolean isName(String host) {
		int percentDigits = 0;
		for (int i = 0; i < host.length(); i++) {
			char c = host.charAt(i);
			if (percentDigits > 0) {
				if (!HttpCharacters.is(HttpCharacters.HEX_DIGIT, c)) {
					return false;
				}
				percentDigits--;
			}
			else if (c == '%') {
				percentDigits = 2;
			}
			else if (!HttpCharacters.is(HttpCharacters.REGISTERED_NAME, c)) {
				return false;
			}
		}
		return !host.isEmpty() && percentDigits == 0;
	}

	/** RFC 3986 §3.2.3 allows a colon without digits. */
	private static boolean isPort(String colonAndDigits) {
		if (colonAndDigits.isEmpty()) {
			return true;
		}
		String digits = colonAndDigits.substring(1);
		return colonAndDigits.startsWith(":") && HttpCharacters.are(HttpCharacters.DIGIT, digits)
				&& digits.length() <= 5 && (digits.isEmpty() || Integer.parseInt(digits) <= MAX_PORT);
	}

}
