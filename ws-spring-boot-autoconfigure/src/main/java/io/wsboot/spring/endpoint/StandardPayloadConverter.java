package io.wsboot.spring.endpoint;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Strings become text, {@code byte[]} and {@link ByteBuffer} become binary, a
 * {@link Message} stays as it is, what a {@link WsMessageConverter} supports is left to
 * it, and everything else becomes JSON text.
 */
public final class StandardPayloadConverter implements PayloadConverter {

	private final @Nullable JsonCodec json;

	/** Who writes which class; null if nobody is there who would. */
	private final @Nullable ClassValue<Optional<WsMessageConverter>> converters;

	/**
	 * Creates the converter.
	 * @param json writes JSON; null if there is no JSON library
	 */
	public StandardPayloadConverter(@Nullable JsonCodec json) {
		this(json, List.of());
	}

	/**
	 * Creates the converter.
	 * @param json writes JSON; null if there is no JSON library
	 * @param converters write what they support, in order
	 */
	public StandardPayloadConverter(@Nullable JsonCodec json, List<WsMessageConverter> converters) {
		this.json = json;
		this.converters = converters.isEmpty() ? null : byClass(List.copyOf(converters));
	}

	private static ClassValue<Optional<WsMessageConverter>> byClass(List<WsMessageConverter> converters) {
		return new ClassValue<>() {

			@Override
			protected Optional<WsMessageConverter> computeValue(Class<?> payload) {
				ResolvableType type = ResolvableType.forClass(payload);
				return converters.stream().filter((converter) -> converter.supports(type)).findFirst();
			}

		};
	}

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
