package io.wsboot.spring.endpoint.convert;

import java.lang.reflect.Type;
import java.util.Optional;

import io.wsboot.spring.annotation.MessageConversionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON with a Jackson 3 mapper, as the application has configured the
 * mapper. This is the only class that needs Jackson.
 */
public final class JacksonJsonCodec implements JsonCodec {

	private final JsonMapper mapper;

	private final ObjectReader reader;

	private final ObjectWriter writer;

	/**
	 * Creates a codec.
	 * @param mapper the mapper
	 */
	public JacksonJsonCodec(JsonMapper mapper) {
		this(mapper, mapper.reader(), mapper.writer());
	}

	private JacksonJsonCodec(JsonMapper mapper, ObjectReader reader, ObjectWriter writer) {
		this.mapper = mapper;
		this.reader = reader;
		this.writer = writer;
	}

	@Override
	public JsonCodec withView(Class<?> view) {
		return new JacksonJsonCodec(this.mapper, this.reader.withView(view), this.writer.withView(view));
	}

	@Override
	public Reader readerFor(Type type) {
		ObjectReader typed = this.reader.forType(this.mapper.constructType(type));
		return (text) -> {
			try {
				return typed.readValue(text);
			}
			catch (JacksonException ex) {
				throw new MessageConversionException("the message cannot be read as " + type.getTypeName(), ex);
			}
		};
	}

	/**
	 * The declaration of a container or an {@link Optional} decides how its elements are
	 * written, as in Spring MVC. Any other value is written as its own class.
	 */
	@Override
	public Writer writerFor(Type type) {
		JavaType declared = this.mapper.constructType(type);
		if (!declared.isContainerType() && !declared.isTypeOrSubTypeOf(Optional.class)) {
			return this::write;
		}
		ObjectWriter typed = this.writer.forType(declared);
		return (value) -> write(value, declared.getRawClass().isInstance(value) ? typed : this.writer);
	}

	@Override
	public String write(Object value) {
		return write(value, this.writer);
	}

	private static String write(Object value, ObjectWriter writer) {
		try {
			return writer.writeValueAsString(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("cannot write " + value.getClass().getName() + " as JSON", ex);
		}
	}

}
