package io.wsboot.spring.endpoint.convert;

import java.lang.reflect.Type;

import io.wsboot.spring.annotation.MessageConversionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON for endpoints. A bean of this type replaces
 * {@link JacksonJsonCodec}, which uses the application's Jackson mapper. Codecs and their
 * readers and writers must be thread-safe.
 */
public interface JsonCodec {

	/**
	 * Prepares to read one type. Called once for each callback, at start.
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
	 * Prepares to write values that are declared as one type. Called once for each
	 * callback, at start. The default method ignores the declaration and returns a writer
	 * that calls {@link #write(Object)}.
	 * @param type the declared type, possibly generic; most values are of a subtype, and
	 * some may be of another type
	 * @return a thread-safe writer
	 */
	default Writer writerFor(Type type) {
		return this::write;
	}

	/**
	 * Returns a codec that is restricted to one view, as Jackson's {@code @JsonView}
	 * names views. The default method knows no views.
	 * @param view the class that stands for the view
	 * @return a codec that neither reads nor writes properties outside the view
	 * @throws UnsupportedOperationException if the codec knows no views; a callback with
	 * a view then stops the start
	 */
	default JsonCodec withView(Class<?> view) {
		throw new UnsupportedOperationException(getClass().getName() + " knows no views");
	}

	/** Writes values that are declared as one type. */
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
