package io.wsboot;

import java.nio.charset.StandardCharsets;

import io.wsboot.Headers.Field;

/**
 * Header fields in one array, as a session keeps those of its handshake for as long as it
 * is open and mostly never looks at them again. A field is one byte that says which of
 * the {@link CommonFields} it is; or one that says which common name it has, and its
 * value; or one that says neither, its name, and its value. Equal fields are equal bytes.
 * {@link FieldBytesWriter} makes them; this walks over them, for one thread.
 */
final class FieldBytes {

	/** From here on the first byte is the number of a name. */
	static final int NAMED = 0x80;

	static final int OTHER = 0xFF;

	private final byte[] bytes;

	/** Where the next field begins. */
	private int next;

	/** The first byte of the current field. */
	private int kind;

	private int nameStart;

	private int nameLength;

	private int valueStart;

	private int valueLength;

	FieldBytes(byte[] bytes) {
		this.bytes = bytes;
	}

	/** Goes to the next field; false if there is none. */
	boolean next() {
		if (this.next == this.bytes.length) {
			return false;
		}
		this.kind = this.bytes[this.next++] & 0xFF;
		if (this.kind == OTHER) {
			this.nameLength = readLength();
			this.nameStart = this.next;
			this.next += this.nameLength;
		}
		if (this.kind >= NAMED) {
			this.valueLength = readLength();
			this.valueStart = this.next;
			this.next += this.valueLength;
		}
		return true;
	}

	private int readLength() {
		int length = 0;
		for (int shift = 0;; shift += 7) {
			int b = this.bytes[this.next++];
			length |= (b & 0x7F) << shift;
			if (b >= 0) {
				return length;
			}
		}
	}

	/** Whether it is the name of the current field, but for the case of its letters. */
	boolean isNamed(String name) {
		if (this.kind == OTHER) {
			return isSame(this.bytes, this.nameStart, this.nameLength, name);
		}
		byte[] common = CommonFields.nameBytes(nameNumber());
		return isSame(common, 0, common.length, name);
	}

	/** Which of the common names it has; the current field is not one of another name. */
	private int nameNumber() {
		return (this.kind < NAMED) ? CommonFields.nameOfField(this.kind) : this.kind - NAMED;
	}

	private static boolean isSame(byte[] bytes, int start, int length, String name) {
		if (name.length() != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (lowerCase(bytes[start + i]) != lowerCase(name.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static int lowerCase(int c) {
		return (c >= 'A' && c <= 'Z') ? c + ('a' - 'A') : c;
	}

	String value() {
		return (this.kind < NAMED) ? CommonFields.field(this.kind).value() : text(this.valueStart, this.valueLength);
	}

	Field field() {
		if (this.kind < NAMED) {
			return CommonFields.field(this.kind);
		}
		return new Field(
				(this.kind < OTHER) ? CommonFields.name(this.kind - NAMED) : text(this.nameStart, this.nameLength),
				value());
	}

	private String text(int start, int length) {
		return new String(this.bytes, start, length, StandardCharsets.ISO_8859_1);
	}

}
