package io.wsboot.spring.metrics;

/**
 * The close codes that a tag may hold. Clients choose codes, and each value of a tag is a
 * meter, so those of RFC 6455 §7.4.1 and the IANA registry stand for themselves and the
 * others for their range.
 */
final class CloseCodeTag {

	private CloseCodeTag() {
	}

	static String of(int code) {
		if (code <= 1014) {
			return Integer.toString(code);
		}
		return (code < 3000) ? "other" : (code < 4000) ? "3xxx" : "4xxx";
	}

}
