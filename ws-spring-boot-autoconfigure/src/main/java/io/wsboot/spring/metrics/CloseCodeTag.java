package io.wsboot.spring.metrics;

/**
 * The close codes that a tag may hold. Clients choose codes, and each value of a tag is a
 * meter, so those of RFC 6455 §7.4.1 and the IANA registry that a server has a use for
 * stand for themselves and the others for their range.
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
