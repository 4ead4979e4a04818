package io.wsboot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.wsboot.Headers.Field;

/**
 * Packs header fields for {@link FieldBytes}. Not thread-safe.
 */
final class FieldBytesWriter {

	/** Bytes that a field takes at most beside its texts: a number and two lengths. */
	private static final int MOST_BESIDE = 11;

	private byte[] bytes;

	private int size;

	FieldBytesWriter(int capacity) {
		this.bytes = new byte[capacity];
	}

	/** Creates a writer that goes on behind packed fields. */
	FieldBytesWriter(byte[] begun) {
		this.bytes = begun;
		this.size = begun.length;
	}

	/** Adds a field. */
	void add(Field field) {
		byte[] text = (field.name() + field.value()).getBytes(StandardCharsets.ISO_8859_1);
		int nameEnd = field.name().length();
		add(text, 0, nameEnd, nameEnd, text.length);
	}

	/** Adds a field whose name and value stand in an array and have been checked. */
	void add(byte[] from, int nameStart, int nameEnd, int valueStart, int valueEnd) {
		int name = CommonFields.numberOfName(from, nameStart, nameEnd);
		int whole = (name < 0) ? -1 : CommonFields.numberOf(name, from, valueStart, valueEnd);
		reserve(MOST_BESIDE + nameEnd - nameStart + valueEnd - valueStart);
		if (whole >= 0) {
			this.bytes[this.size++] = (byte) whole;
			return;
		}
		if (name >= 0) {
			this.bytes[this.size++] = (byte) (FieldBytes.NAMED + name);
		}
		else {
			this.bytes[this.size++] = (byte) FieldBytes.OTHER;
			write(from, nameStart, nameEnd);
		}
		write(from, valueStart, valueEnd);
	}

	private void reserve(int count) {
		if (this.bytes.length - this.size < count) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.size + count));
		}
	}

	/** Writes a text behind its length. */
	private void write(byte[] from, int start, int end) {
		int length = end - start;
		System.arraycopy(from, start, this.bytes, writeLength(length), length);
		this.size += length;
	}

	/** Writes a length, seven bits to a byte, the lowest first. */
	private int writeLength(int length) {
		int rest = length;
		for (; rest >= 0x80; rest >>>= 7) {
			this.bytes[this.size++] = (byte) (rest & 0x7F | 0x80);
		}
		this.bytes[this.size++] = (byte) rest;
		return this.size;
	}

	/** The packed fields, in a new array without room to spare. */
	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.size);
	}

}
