package io.wsboot.spring.endpoint;

import java.lang.reflect.Type;

import io.wsboot.spring.annotation.MessageConversionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as the application's Jackson 3 mapper is set up to read and write it. The only
 * class that needs Jackson.
 */
public final class JacksonJsonCodec implements JsonCodec {

	private final JsonMapper mapper;

	/**
	 * Creates the codec.
	 * @param mapper the mapper
	 */
	public JacksonJsonCodec(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public Reader readerFor(Type type) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type));
		return (text) -> {
			try {
				return reader.readValue(text);
			}
			catch (JacksonException ex) {
				throw new MessageConversionException("the message cannot be read as " + type.getTypeName(), ex);
			}
		};
	}

	@Override
	public String write(Object value) {
		try {
			return this.mapper.writeValueAsString(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("cannot write " + value.getClass().getName() + " as JSON", ex);
		}
	}

}
