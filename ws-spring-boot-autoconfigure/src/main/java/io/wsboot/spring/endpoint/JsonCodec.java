package io.wsboot.spring.endpoint;

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
