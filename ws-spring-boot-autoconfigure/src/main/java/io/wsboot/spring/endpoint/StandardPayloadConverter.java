package io.wsboot.spring.endpoint;

import java.nio.ByteBuffer;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * Strings become text, {@code byte[]} and {@link ByteBuffer} become binary, a
 * {@link Message} stays as it is, everything else becomes JSON text.
 */
public final class StandardPayloadConverter implements PayloadConverter {

	private final @Nullable JsonCodec json;

	/**
	 * Creates the converter.
	 * @param json writes JSON; null if there is no JSON library
	 */
	public StandardPayloadConverter(@Nullable JsonCodec json) {
		this.json = json;
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
		if (this.json == null) {
			throw new IllegalArgumentException("cannot write " + payload.getClass().getName()
					+ " as JSON without a JSON library: add spring-boot-starter-jackson");
		}
		return Message.text(this.json.write(payload));
	}

}
