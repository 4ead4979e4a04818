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
 * The header fields of a request or response, in order, immutable. Names are compared
 * without regard to case (RFC 9110 §5.1).
 */
public final class Headers {

	private static final Headers EMPTY = new Headers(new byte[0]);

	/** See {@link FieldBytes}: they are kept far longer than they are looked at. */
	private final byte[] bytes;

	private Headers(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * No fields at all.
	 * @return the empty headers
	 */
	public static Headers empty() {
		return EMPTY;
	}

	/**
	 * The given fields.
	 * @param fields name and value of each field, in order
	 * @return the headers
	 */
	public static Headers of(List<Field> fields) {
		FieldBytesWriter writer = new FieldBytesWriter(32 * fields.size());
		fields.forEach(writer::add);
		return fields.isEmpty() ? EMPTY : new Headers(writer.toByteArray());
	}

	/**
	 * The fields of header lines as they stand on the wire (RFC 9112 §5): each a name, a
	 * colon right behind it, a value, a CR and an LF.
	 * @param bytes the lines, among other bytes; not kept
	 * @param from the index of their first byte
	 * @param to the index behind their last one
	 * @return the headers
	 * @throws IllegalArgumentException if the bytes are something else
	 */
	public static Headers ofLines(byte[] bytes, int from, int to) {
		Objects.checkFromToIndex(from, to, bytes.length);
		return (from == to) ? EMPTY : new Headers(FieldLines.encode(bytes, from, to));
	}

	/**
	 * These fields and one more.
	 * @param name the field's name, a token (RFC 9110 §5.6.2)
	 * @param value the field's value, without control characters
	 * @return the headers
	 */
	public Headers with(String name, String value) {
		FieldBytesWriter writer = new FieldBytesWriter(this.bytes);
		writer.add(new Field(name, value));
		return new Headers(writer.toByteArray());
	}

	/**
	 * The first value of a field.
	 * @param name the field's name
	 * @return the value, or nothing if there is no such field
	 */
	public Optional<String> first(String name) {
		return Optional.ofNullable(find(name));
	}

	/**
	 * All values of a field, one for each time that it occurs.
	 * @param name the field's name
	 * @return the values in order
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
	 * The members of a field that is a comma-separated list (RFC 9110 §5.6.1), over all
	 * its occurrences. Quoted strings are not looked into: for fields whose members are
	 * tokens.
	 * @param name the field's name
	 * @return the members in order, without the white space around them and without empty
	 * ones
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
	 * Whether a comma-separated list of tokens has a member, compared without regard to
	 * case.
	 * @param name the field's name
	 * @param token the member
	 * @return true if it has
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
	 * Every field in order.
	 * @return an unmodifiable list
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

	@Override
	public boolean equals(Object other) {
		return other instanceof Headers that && Arrays.equals(this.bytes, that.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	/**
	 * The names only: values may be secrets.
	 */
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
