package io.wsboot.spring.endpoint.convert;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads, be they of one declared type or of any.
 *
 * @param declared the converter of the declared type; null if there is none
 * @param converters the converter of each class; null if there are no converters
 * @param json writes all other objects; null if there is no JSON library
 */
record PayloadWriter(@Nullable WsMessageConverter declared,
		@Nullable ClassValue<Optional<WsMessageConverter>> converters,
		JsonCodec.@Nullable Writer json) implements PayloadConverter {

	@Override
	public Message toMessage(Object payload) {
		if (payload instanceof String text) {
			return Message.text(text);
		}
		if (payload instanceof Message message) {
			return message;
		}
		if (payload instanceof byte[] bytes) {
			return Message.binary(bytes);
		}
		if (payload instanceof ByteBuffer bytes) {
			return Message.binary(bytes);
		}
		if (this.declared != null) {
			return this.declared.write(payload);
		}
		if (this.converters != null) {
			Optional<WsMessageConverter> converter = this.converters.get(payload.getClass());
			if (converter.isPresent()) {
				return converter.get().write(payload);
			}
		}
		if (this.json == null) {
			throw new IllegalArgumentException("cannot write " + payload.getClass().getName()
					+ " as JSON without a JSON library: add spring-boot-starter-jackson");
		}
		return Message.text(this.json.write(payload));
	}

}
