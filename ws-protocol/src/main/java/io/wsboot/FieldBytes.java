package io.wsboot;

import java.nio.charset.StandardCharsets;

import io.wsboot.Headers.Field;

/**
 * Walks over header fields that are packed into one array, as a session keeps the fields
 * of its handshake while it is open, and mostly never reads them. A field is a byte, and
 * perhaps texts, each behind its length. Equal fields are equal bytes. A
 * {@link FieldBytesWriter} packs the fields. Not thread-safe.
 *
 * <pre>
 * 0..127    one of the common fields
 * 128..254  value            a field with one of the common names
 * 255       name  value      any other field
 * </pre>
 */
final class FieldBytes {

	/** From here on, the first byte is the number of a common name. */
	static final int NAMED = 0x80;

	/** The first byte of a field whose name is not common. */
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

	/** Whether the current field has a name, whatever the case of its letters. */
	boolean isNamed(String name) {
		if (this.kind == OTHER) {
			return isSame(this.bytes, this.nameStart, this.nameLength, name);
		}
		byte[] common = CommonFields.nameBytes(nameNumber());
		return isSame(common, 0, common.length, name);
	}

	/** The number of the current field's name, which is common. */
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

	/** The value of the current field. */
	String value() {
		return (this.kind < NAMED) ? CommonFields.field(this.kind).value() : text(this.valueStart, this.valueLength);
	}

	/** The current field. */
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
