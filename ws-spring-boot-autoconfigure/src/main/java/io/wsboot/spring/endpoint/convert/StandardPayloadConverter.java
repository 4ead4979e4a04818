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
 * Writes strings as text, {@code byte[]} and {@link ByteBuffer} as binary messages, and a
 * {@link Message} as it is. A payload of a type that a {@link WsMessageConverter}
 * supports is written by that converter, and any other as JSON text. The declared type of
 * a payload goes before its class where the declaration is known.
 */
public final class StandardPayloadConverter implements PayloadConverter {

	private final @Nullable JsonCodec json;

	private final List<WsMessageConverter> converters;

	/** The converter of each class; null if there are no converters. */
	private final @Nullable ClassValue<Optional<WsMessageConverter>> byClass;

	/** Writes payloads without a declared type. */
	private final PayloadWriter untyped;

	/**
	 * Creates a converter that knows no types of the application.
	 * @param json writes JSON; null if there is no JSON library
	 */
	public StandardPayloadConverter(@Nullable JsonCodec json) {
		this(json, List.of());
	}

	/**
	 * Creates a converter.
	 * @param json writes JSON; null if there is no JSON library
	 * @param converters write the types that they support; the first that supports a type
	 * counts
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

	/**
	 * Prepares to write values that are declared as one type.
	 * @param declared the declared type
	 * @return a thread-safe writer
	 */
	public PayloadConverter writerFor(ResolvableType declared) {
		WsMessageConverter converter = (declared.toClass() != Object.class) ? converterOf(declared).orElse(null) : null;
		return new PayloadWriter(converter, this.byClass,
				(this.json != null) ? this.json.writerFor(DeclaredType.of(declared)) : null);
	}

	/**
	 * Prepares to write values that are declared as one type, in a view and as JSON.
	 * @param declared the declared type
	 * @param view the class that stands for the view
	 * @return a thread-safe writer
	 * @throws UnsupportedOperationException if the converter of the type, or the codec,
	 * knows no views
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
