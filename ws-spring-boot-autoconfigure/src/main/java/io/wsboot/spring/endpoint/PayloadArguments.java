package io.wsboot.spring.endpoint;

import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.Headers;
import io.wsboot.Message;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.MessageConversionException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.validation.Validator;

/**
 * Turns messages into the payload parameter of an
 * {@link io.wsboot.spring.annotation.OnMessage} method.
 *
 * @param json reads JSON; null if there is no JSON library
 * @param validator checks payloads; null if the application has none
 */
record PayloadArguments(@Nullable JsonCodec json, @Nullable Validator validator) {

	/**
	 * Whether a payload parameter takes bytes.
	 * @param parameter the payload parameter
	 * @return false for text and what is made of it
	 */
	static boolean isBinary(MethodParameter parameter) {
		return parameter.getParameterType() == byte[].class || parameter.getParameterType() == ByteBuffer.class;
	}

	/**
	 * How a message becomes the argument. The event is a {@code ByteBuffer} or a
	 * {@code String}.
	 * @param parameter the payload parameter
	 * @return a resolver
	 */
	ArgumentResolver<WsSession> resolverFor(MethodParameter parameter) {
		PayloadValidation validation = PayloadValidation.of(parameter, this.validator);
		ArgumentResolver<WsSession> payload = converted(parameter);
		return (validation != null) ? validation.before(payload) : payload;
	}

	private ArgumentResolver<WsSession> converted(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (type == String.class || type == ByteBuffer.class) {
			return (session, event) -> event;
		}
		if (type == byte[].class) {
			return (session, event) -> (event instanceof ByteBuffer payload) ? copy(payload) : null;
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
		return json(parameter, this.json);
	}

	private static ArgumentResolver<WsSession> json(MethodParameter parameter, JsonCodec json) {
		JsonCodec.Reader reader = json.readerFor(
				GenericTypeResolver.resolveType(parameter.getGenericParameterType(), parameter.getContainingClass()));
		boolean nullable = parameter.isOptional();
		return (session, event) -> {
			Object payload = reader.read(String.valueOf(event));
			if (payload == null && !nullable) {
				throw new MessageConversionException(
						"the message is null, not a " + parameter.getParameterType().getName(), null);
			}
			return payload;
		};
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
