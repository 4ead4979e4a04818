package io.wsboot.protocol;

import java.nio.charset.StandardCharsets;

import io.wsboot.frame.ProtocolViolation;
import io.wsboot.frame.Utf8Validator;

/**
 * Makes valid pieces of text of bytes that are cut anywhere: a character whose last byte
 * is not there yet is kept for the next piece.
 */
final class TextParts {

	private static final int LONGEST_BEGINNING = 3;

	private final Utf8Validator utf8 = new Utf8Validator();

	/** The beginning of a character. */
	private final byte[] begun = new byte[LONGEST_BEGINNING];

	private int begunLength;

	/** Puts what was kept before the next bytes; how many bytes that is. */
	int begin(byte[] bytes) {
		System.arraycopy(this.begun, 0, bytes, 0, this.begunLength);
		return this.begunLength;
	}

	/**
	 * The characters that are complete.
	 * @param bytes holds from index 0 what {@link #begin} has put there
	 * @param from where the new bytes begin
	 * @param to where they end
	 * @param ascii whether they are known to be ASCII
	 * @throws ProtocolViolation 1007 at the first byte that is wrong
	 */
	String take(byte[] bytes, int from, int to, boolean ascii) {
		if (ascii && this.begunLength == 0) {
			return new String(bytes, 0, to, StandardCharsets.ISO_8859_1);
		}
		this.utf8.check(bytes, from, to);
		int end = this.utf8.betweenCharacters() ? to : lastLead(bytes, to);
		this.begunLength = to - end;
		System.arraycopy(bytes, end, this.begun, 0, this.begunLength);
		return new String(bytes, 0, end, StandardCharsets.UTF_8);
	}

	/** Where the last character begins, of which it is known that it is not complete. */
	private static int lastLead(byte[] bytes, int to) {
		int lead = to - 1;
		while ((bytes[lead] & 0xC0) == 0x80) {
			lead--;
		}
		return lead;
	}

	/** How many bytes are kept. */
	int kept() {
		return this.begunLength;
	}

	/**
	 * The text ends here.
	 * @throws ProtocolViolation 1007 if that is inside a character
	 */
	void end() {
		this.utf8.end();
	}

}
