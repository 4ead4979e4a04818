package io.wsboot.spring.endpoint.convert;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.spring.endpoint.method.DeclaredType;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Strings become text, {@code byte[]} and {@link ByteBuffer} become binary, a
 * {@link Message} stays as it is, what a {@link WsMessageConverter} supports is left to
 * it, and everything else becomes JSON text. The declared type of a payload, where it is
 * known, comes before its class.
 */
public final class StandardPayloadConverter implements PayloadConverter {

	private final @Nullable JsonCodec json;

	private final List<WsMessageConverter> converters;

	/** Who writes which class; null if nobody is there who would. */
	private final @Nullable ClassValue<Optional<WsMessageConverter>> byClass;

	/** Writes what no declared type is known of. */
	private final PayloadWriter untyped;

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
		this.converters = List.copyOf(converters);
		this.byClass = converters.isEmpty() ? null : new ClassValue<>() {

			@Override
			protected Optional<WsMessageConverter> computeValue(Class<?> payload) {
				return converterOf(ResolvableType.forClass(payload));
			}

		};
		this.untyped = new PayloadWriter(null, this.byClass, (json != null) ? json::write : null);
	}

	@Override
	public Message toMessage(Object payload) {
		return this.untyped.toMessage(payload);
	}

	@Override
	public Message toMessage(Object payload, Type type) {
		return writerFor(ResolvableType.forType(type)).toMessage(payload);
	}

	/** Writes what is declared as a type. */
	public PayloadConverter writerFor(ResolvableType declared) {
		WsMessageConverter converter = (declared.toClass() != Object.class) ? converterOf(declared).orElse(null) : null;
		return new PayloadWriter(converter, this.byClass,
				(this.json != null) ? this.json.writerFor(DeclaredType.of(declared)) : null);
	}

	/**
	 * Writes what is declared as a type in a view, always as JSON.
	 * @throws UnsupportedOperationException if who would write it knows no views
	 */
	public PayloadConverter writerFor(ResolvableType declared, Class<?> view) {
		WsMessageConverter converter = converterOf(declared).orElse(null);
		if (converter != null) {
			throw new UnsupportedOperationException(converter.getClass().getName() + " knows no views");
		}
		return new PayloadWriter(null, null,
				(this.json != null) ? this.json.withView(view).writerFor(DeclaredType.of(declared)) : null);
	}

	private Optional<WsMessageConverter> converterOf(ResolvableType type) {
		return this.converters.stream().filter((converter) -> converter.supports(type)).findFirst();
	}

}
