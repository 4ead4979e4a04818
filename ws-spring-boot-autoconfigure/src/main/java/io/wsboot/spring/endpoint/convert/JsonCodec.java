package io.wsboot.spring.endpoint.convert;

import java.lang.reflect.Type;

import io.wsboot.spring.annotation.MessageConversionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON for endpoints. A bean of this type replaces the one that uses the
 * application's Jackson mapper. Must be thread-safe.
 */
public interface JsonCodec {

	/**
	 * Prepares to read one type; called once per callback, at start.
	 * @param type the type, possibly generic
	 * @return a thread-safe reader
	 */
	Reader readerFor(Type type);

	/**
	 * Writes an object.
	 * @param value the object
	 * @return JSON text
	 * @throws IllegalArgumentException if there is no way to write such an object
	 */
	String write(Object value);

	/**
	 * Prepares to write what is declared as one type; called once per callback, at start.
	 * For a type whose declaration makes no difference, which is what this default method
	 * takes all types for, that is {@link #write(Object)}.
	 * @param type the declared type, possibly generic; values are mostly of subtypes, and
	 * may be of others
	 * @return a thread-safe writer
	 */
	default Writer writerFor(Type type) {
		return this::write;
	}

	/**
	 * The same, but restricted to one view, as Jackson's {@code @JsonView} names it.
	 * @param view the class that stands for the view
	 * @return a codec that neither reads nor writes what is not part of the view
	 * @throws UnsupportedOperationException if the codec knows no views, as this default
	 * method says; a callback with a view then stops the start
	 */
	default JsonCodec withView(Class<?> view) {
		throw new UnsupportedOperationException(getClass().getName() + " knows no views");
	}

	/** Writes what is declared as one type. */
	@FunctionalInterface
	interface Writer {

		/**
		 * Writes one object.
		 * @param value the object
		 * @return JSON text
		 * @throws IllegalArgumentException if there is no way to write such an object
		 */
		String write(Object value);

	}

	/** Reads one type. */
	@FunctionalInterface
	interface Reader {

		/**
		 * Reads one text.
		 * @param text what a client sent
		 * @return the object, null if the text is JSON's {@code null}
		 * @throws MessageConversionException if the text is not JSON, or not of this type
		 */
		@Nullable Object read(String text);

	}

}
