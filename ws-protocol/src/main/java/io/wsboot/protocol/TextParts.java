package io.wsboot.protocol;

import java.nio.charset.StandardCharsets;

import io.wsboot.frame.ProtocolViolation;
import io.wsboot.frame.Utf8Validator;

/**
 * Decodes UTF-8 that is cut anywhere into valid parts: a character whose last byte has
 * not arrived yet is kept for the next part.
 */
final class TextParts {

	private static final int LONGEST_BEGINNING = 3;

	private final Utf8Validator utf8 = new Utf8Validator();

	/** The bytes of a character that is not complete yet. */
	private final byte[] begun = new byte[LONGEST_BEGINNING];

	private int begunLength;

	/** Copies the kept bytes to index 0, before the next bytes; returns how many. */
	int begin(byte[] bytes) {
		System.arraycopy(this.begun, 0, bytes, 0, this.begunLength);
		return this.begunLength;
	}

	/**
	 * Decodes the characters that are complete.
	 * @param bytes holds the kept bytes from index 0, as {@link #begin} has copied them
	 * @param from index of the first new byte
	 * @param to index behind the last new byte
	 * @param ascii whether the new bytes are known to be ASCII
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

	/** Index of the first byte of the last character, which is not complete. */
	private static int lastLead(byte[] bytes, int to) {
		int lead = to - 1;
		while ((bytes[lead] & 0xC0) == 0x80) {
			lead--;
		}
		return lead;
	}

	/** How many bytes are kept, 0 to 3. */
	int kept() {
		return this.begunLength;
	}

	/**
	 * Ends the text.
	 * @throws ProtocolViolation 1007 if the text ends inside a character
	 */
	void end() {
		this.utf8.end();
	}

}
