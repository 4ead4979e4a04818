package io.wsboot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request or a response, in order. Names are compared without
 * regard to case (RFC 9110 §5.1). Headers are immutable.
 */
public final class Headers {

	private static final Headers EMPTY = new Headers(new byte[0]);

	/**
	 * The fields as {@link FieldBytes}: sessions keep headers far longer than
	 * applications look at them.
	 */
	private final byte[] bytes;

	private Headers(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Returns headers without fields.
	 * @return the empty headers
	 */
	public static Headers empty() {
		return EMPTY;
	}

	/**
	 * Returns headers with the given fields.
	 * @param fields the fields in order
	 * @return the headers
	 */
	public static Headers of(List<Field> fields) {
		FieldBytesWriter writer = new FieldBytesWriter(32 * fields.size());
		fields.forEach(writer::add);
		return fields.isEmpty() ? EMPTY : new Headers(writer.toByteArray());
	}

	/**
	 * Returns the fields of header lines as they stand on the wire (RFC 9112 §5). Each
	 * line is a name, a colon directly behind the name, a value, a CR and an LF.
	 * @param bytes an array with the lines; the headers do not keep the array
	 * @param from the index of the first byte of the lines
	 * @param to the index behind the last byte of the lines
	 * @return the headers
	 * @throws IllegalArgumentException if the bytes are not header lines
	 * @throws IndexOutOfBoundsException if the indexes are not within the array
	 */
	public static Headers ofLines(byte[] bytes, int from, int to) {
		Objects.checkFromToIndex(from, to, bytes.length);
		return (from == to) ? EMPTY : new Headers(FieldLines.encode(bytes, from, to));
	}

	/**
	 * Returns headers with these fields and one more.
	 * @param name the field's name, a token (RFC 9110 §5.6.2)
	 * @param value the field's value, without control characters
	 * @return the new headers
	 * @throws IllegalArgumentException if the name or the value has characters that a
	 * field must not have
	 */
	public Headers with(String name, String value) {
		FieldBytesWriter writer = new FieldBytesWriter(this.bytes);
		writer.add(new Field(name, value));
		return new Headers(writer.toByteArray());
	}

	/**
	 * Returns the first value of a field.
	 * @param name the field's name, in any case
	 * @return the value; empty if there is no such field
	 */
	public Optional<String> first(String name) {
		return Optional.ofNullable(find(name));
	}

	/**
	 * Returns all values of a field, one for each occurrence of the field.
	 * @param name the field's name, in any case
	 * @return an unmodifiable list of the values in order, possibly empty
	 */
	public List<String> all(String name) {
		List<String> values = List.of();
		for (FieldBytes each = new FieldBytes(this.bytes); each.next();) {
			if (each.isNamed(name)) {
				values = values.isEmpty() ? List.of(each.value()) : longer(values, each.value());
			}
		}
		return values;
	}

	private static List<String> longer(List<String> values, String value) {
		List<String> longer = new ArrayList<>(values);
		longer.add(value);
		return Collections.unmodifiableList(longer);
	}

	/**
	 * Returns the members of a field that is a comma-separated list of tokens (RFC 9110
	 * §5.6.1), over all occurrences of the field. A comma within a quoted string
	 * separates members too.
	 * @param name the field's name, in any case
	 * @return the members in order, without the white space around them and without empty
	 * members
	 */
	public List<String> list(String name) {
		List<String> values = all(name);
		List<String> members = values.isEmpty() ? values : new ArrayList<>();
		for (String value : values) {
			for (String member : value.split(",")) {
				if (!member.isBlank()) {
					members.add(member.strip());
				}
			}
		}
		return members;
	}

	/**
	 * Tells whether a field that is a comma-separated list of tokens has a member.
	 * Members are compared without regard to case.
	 * @param name the field's name, in any case
	 * @param token the member to look for
	 * @return true if the list has the member
	 */
	public boolean lists(String name, String token) {
		for (String value : all(name)) {
			if (value.equalsIgnoreCase(token)) { // mostly it is the only member
				return true;
			}
		}
		for (String member : list(name)) {
			if (member.equalsIgnoreCase(token)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns all fields.
	 * @return an unmodifiable list of the fields in order
	 */
	public List<Field> fields() {
		List<Field> fields = new ArrayList<>();
		for (FieldBytes each = new FieldBytes(this.bytes); each.next();) {
			fields.add(each.field());
		}
		return Collections.unmodifiableList(fields);
	}

	private @Nullable String find(String name) {
		for (FieldBytes each = new FieldBytes(this.bytes); each.next();) {
			if (each.isNamed(name)) {
				return each.value();
			}
		}
		return null;
	}

	/** Compares the fields, their order and the case of their names. */
	@Override
	public boolean equals(Object other) {
		return other instanceof Headers that && Arrays.equals(this.bytes, that.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	/** Returns the names of the fields without their values, which may be secrets. */
	@Override
	public String toString() {
		return fields().stream().map((field) -> field.name.toLowerCase(Locale.ROOT)).toList().toString();
	}

	/**
	 * One header field.
	 *
	 * @param name the name as it was written, a token (RFC 9110 §5.6.2)
	 * @param value the value without the white space around it
	 */
	public record Field(String name, String value) {

		/**
		 * Creates a field.
		 * @throws IllegalArgumentException if the name is not a token, or if the value
		 * has a character that no field may have (RFC 9110 §5.5)
		 */
		public Field {
			if (!FieldCharacters.isName(name)) {
				throw new IllegalArgumentException("a header name must be a token (RFC 9110 §5.6.2)");
			}
			if (!FieldCharacters.isValue(value)) {
				throw new IllegalArgumentException(
						"the value of header " + name + " has a character that no field may hold (RFC 9110 §5.5)");
			}
		}

	}

}
