package io.wsboot.spring.metrics;

/**
 * The values of the tag {@code code}. Clients choose close codes, and each value of a tag
 * is a meter of its own: codes of RFC 6455 §7.4.1 and the IANA registry that a server has
 * a use for are values, all other codes share a value for their range.
 */
final class CloseCodeTag {

	private CloseCodeTag() {
	}

	static String of(int code) {
		return switch (code) {
			case 1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013 -> Integer.toString(code);
			default -> (code < 3000) ? "other" : (code < 4000) ? "3xxx" : "4xxx";
		};
	}

}
