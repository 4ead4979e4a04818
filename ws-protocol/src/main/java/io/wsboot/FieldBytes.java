package io.wsboot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.wsboot.Headers.Field;

/**
 * Header fields in one array, as a session keeps those of its handshake for as long as it
 * is open and mostly never looks at them again. A field is one byte that says which of
 * the {@link CommonFields} it is; or one that says which common name it has, and its
 * value; or one that says neither, its name, and its value. Equal fields are equal bytes.
 * Walks over them, for one thread.
 */
final class FieldBytes {

	/** From here on the first byte is the number of a name. */
	private static final int NAMED = 0x80;

	private static final int OTHER = 0xFF;

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

	static byte[] of(List<Field> fields) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(32 * fields.size());
		fields.forEach((field) -> write(out, field));
		return out.toByteArray();
	}

	private static void write(ByteArrayOutputStream out, Field field) {
		int whole = CommonFields.numberOf(field);
		if (whole >= 0) {
			out.write(whole);
			return;
		}
		int name = CommonFields.numberOf(field.name());
		if (name >= 0) {
			out.write(NAMED + name);
		}
		else {
			out.write(OTHER);
			write(out, field.name());
		}
		write(out, field.value());
	}

	/** Seven bits of the length at a time, the lowest first. */
	private static void write(ByteArrayOutputStream out, String text) {
		int length = text.length();
		for (; length >= 0x80; length >>>= 7) {
			out.write(length & 0x7F | 0x80);
		}
		out.write(length);
		out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
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
		if (this.kind < NAMED) {
			byte[] common = CommonFields.nameOfField(this.kind);
			return isSame(common, 0, common.length, name);
		}
		if (this.kind < OTHER) {
			byte[] common = CommonFields.nameBytes(this.kind - NAMED);
			return isSame(common, 0, common.length, name);
		}
		return isSame(this.bytes, this.nameStart, this.nameLength, name);
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
