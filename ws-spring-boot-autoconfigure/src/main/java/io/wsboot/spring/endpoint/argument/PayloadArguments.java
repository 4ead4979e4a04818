package io.wsboot.spring.endpoint.argument;

import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.Headers;
import io.wsboot.Message;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.MessageConversionException;
import io.wsboot.spring.endpoint.convert.JsonCodec;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import io.wsboot.spring.endpoint.method.DeclaredType;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.endpoint.method.JsonView;
import io.wsboot.spring.endpoint.validation.PayloadValidation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.validation.Validator;

/**
 * Turns messages into the payload parameters of
 * {@link io.wsboot.spring.annotation.OnMessage} and
 * {@link io.wsboot.spring.annotation.OnPong} methods.
 *
 * @param json reads JSON; null if there is no JSON library
 * @param converters read payloads of types that the application defines
 * @param validator validates payloads; null if the application has no validator
 */
public record PayloadArguments(@Nullable JsonCodec json, List<WsMessageConverter> converters,
		@Nullable Validator validator) {

	/**
	 * Whether a payload is made of binary messages.
	 * @param parameter the payload parameter
	 * @return false if the payload is made of text
	 */
	public boolean isBinary(MethodParameter parameter) {
		WsMessageConverter converter = converterFor(parameter);
		return (converter != null) ? converter.isBinary() : isBytes(parameter);
	}

	/** Whether a parameter takes the bytes of a message as they are. */
	private static boolean isBytes(MethodParameter parameter) {
		return parameter.getParameterType() == byte[].class || parameter.getParameterType() == ByteBuffer.class;
	}

	private @Nullable WsMessageConverter converterFor(MethodParameter parameter) {
		if (isBytes(parameter) || parameter.getParameterType() == String.class) {
			return null;
		}
		ResolvableType type = ResolvableType.forMethodParameter(parameter);
		return this.converters.stream().filter((converter) -> converter.supports(type)).findFirst().orElse(null);
	}

	/**
	 * Chooses the resolver of a payload. The event is a {@code ByteBuffer} or a
	 * {@code String}.
	 * @param parameter the payload parameter
	 * @return the resolver
	 * @throws InvalidEndpointException if no message can become the payload
	 */
	public ArgumentResolver<WsSession> resolverFor(MethodParameter parameter) {
		PayloadValidation validation = PayloadValidation.of(parameter, this.validator);
		ArgumentResolver<WsSession> payload = converted(parameter);
		return (validation == null) ? payload : (session, event) -> {
			Object value = payload.resolve(session, event);
			validation.check(value);
			return value;
		};
	}

	private ArgumentResolver<WsSession> converted(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (type == String.class || type == ByteBuffer.class) {
			return (session, event) -> event;
		}
		if (type == byte[].class) {
			return (session, event) -> (event instanceof ByteBuffer payload) ? copy(payload) : null;
		}
		WsMessageConverter converter = converterFor(parameter);
		if (converter != null) {
			if (JsonView.of(parameter) != null) {
				throw unknownView(parameter, converter.getClass().getName() + " knows no views");
			}
			return converted(parameter, converter);
		}
		if (isNoPayload(type)) {
			throw InvalidEndpointException.of(parameter, "is a " + type.getName() + ", which no message can become",
					"An @OnMessage method may take a WsSession, HandshakeRequest, Principal, @PathParam, @QueryParam and @HeaderParam parameters, and as payload a String, byte[], ByteBuffer, InputStream, Reader or a type that is read as JSON.");
		}
		if (this.json == null) {
			throw InvalidEndpointException.of(parameter,
					"is a " + type.getName() + ", which is read as JSON, but there is no JSON library",
					"Add spring-boot-starter-jackson, or define a bean of type " + JsonCodec.class.getName() + ".");
		}
		return json(parameter, inView(parameter, this.json));
	}

	private static JsonCodec inView(MethodParameter parameter, JsonCodec json) {
		Class<?> view = JsonView.of(parameter);
		try {
			return (view != null) ? json.withView(view) : json;
		}
		catch (UnsupportedOperationException ex) {
			throw unknownView(parameter, ex.getMessage());
		}
	}

	private static InvalidEndpointException unknownView(MethodParameter parameter, @Nullable String problem) {
		return InvalidEndpointException.of(parameter, "has a @JsonView, but " + problem,
				"Remove the annotation, and take a type that has only what clients may send.");
	}

	private static ArgumentResolver<WsSession> json(MethodParameter parameter, JsonCodec json) {
		JsonCodec.Reader reader = json.readerFor(DeclaredType.of(ResolvableType.forMethodParameter(parameter)));
		boolean nullable = parameter.isOptional();
		return (session, event) -> present(reader.read(String.valueOf(event)), nullable, parameter);
	}

	private static ArgumentResolver<WsSession> converted(MethodParameter parameter, WsMessageConverter converter) {
		ResolvableType type = ResolvableType.forMethodParameter(parameter);
		boolean nullable = parameter.isOptional();
		return (session, event) -> {
			Message message = (event instanceof ByteBuffer bytes) ? Message.binary(bytes)
					: Message.text(String.valueOf(event));
			return present(read(message, type, converter), nullable, parameter);
		};
	}

	private static @Nullable Object read(Message message, ResolvableType type, WsMessageConverter converter) {
		try {
			return converter.read(message, type);
		}
		catch (MessageConversionException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new MessageConversionException("the message cannot be read as " + type, ex);
		}
	}

	private static @Nullable Object present(@Nullable Object payload, boolean nullable, MethodParameter parameter) {
		if (payload == null && !nullable) {
			throw new MessageConversionException("the message is null, not a " + parameter.getParameterType().getName(),
					null);
		}
		return payload;
	}

	private static boolean isNoPayload(Class<?> type) {
		return Stream
			.of(Message.class, CloseStatus.class, Headers.class, Throwable.class, InputStream.class, Reader.class,
					CompletionStage.class)
			.anyMatch((other) -> other.isAssignableFrom(type));
	}

	private static byte[] copy(ByteBuffer payload) {
		byte[] bytes = new byte[payload.remaining()];
		payload.duplicate().get(bytes);
		return bytes;
	}

}
