package io.wsboot.spring.endpoint;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.wsboot.MessageDelivery.Form;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.endpoint.argument.ArgumentResolver;
import io.wsboot.spring.endpoint.argument.PayloadArguments;
import io.wsboot.spring.endpoint.argument.ReceivedPart;
import io.wsboot.spring.endpoint.method.CallbackType;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.endpoint.validation.PayloadValidation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The parameters of an {@link io.wsboot.spring.annotation.OnMessage} method. They also
 * tell the form of messages: whole, in parts, or as a stream.
 *
 * @param method the method
 * @param payload the payload parameter
 * @param last the boolean parameter that tells the last part; null unless the method
 * takes parts
 * @param form the form that the method takes messages in
 */
record MessageMethod(Method method, MethodParameter payload, @Nullable MethodParameter last, Form form) {

	/**
	 * Reads the parameters of a method.
	 * @param method the method
	 * @param candidates the parameters that only a message can give a value to
	 * @return the method and its parameters
	 * @throws InvalidEndpointException if the parameters do not fit a message
	 */
	static MessageMethod of(Method method, List<MethodParameter> candidates) {
		if (candidates.isEmpty()) {
			throw InvalidEndpointException.of(method, "has no parameter for the message",
					"Add one parameter for the payload: a String, byte[], ByteBuffer, InputStream, Reader or a type that is read as JSON.");
		}
		List<MethodParameter> payloads = new ArrayList<>(candidates);
		MethodParameter last = (candidates.size() == 1) ? null
				: candidates.stream()
					.filter((parameter) -> parameter.getParameterType() == boolean.class)
					.findFirst()
					.orElse(null);
		payloads.remove(last);
		if (payloads.size() > 1) {
			throw InvalidEndpointException.of(payloads.get(1),
					"is a second payload beside parameter " + (payloads.get(0).getParameterIndex() + 1),
					"Keep one payload parameter. Beside it an @OnMessage method may take "
							+ CallbackType.SESSION_PARAMETERS
							+ ", and a boolean that tells the last part of a message.");
		}
		MethodParameter payload = payloads.get(0);
		return new MessageMethod(method, payload, last, form(payload, last));
	}

	private static Form form(MethodParameter payload, @Nullable MethodParameter last) {
		Class<?> type = payload.getParameterType();
		boolean stream = type == InputStream.class || type == Reader.class;
		if (last == null) {
			return stream ? Form.STREAM : Form.WHOLE;
		}
		if (type != String.class && type != byte[].class && type != ByteBuffer.class) {
			throw InvalidEndpointException.of(payload,
					"is a " + type.getName() + ", and parameter " + (last.getParameterIndex() + 1)
							+ " is a boolean, which tells the last part of a message",
					"Take parts as String, byte[] or ByteBuffer, or remove the boolean.");
		}
		return Form.PARTS;
	}

	/** The annotation of the method, its aliases resolved. */
	OnMessage annotation() {
		OnMessage annotation = AnnotatedElementUtils.findMergedAnnotation(this.method, OnMessage.class);
		if (annotation == null) {
			throw new IllegalStateException(this.method + " is no @OnMessage method");
		}
		return annotation;
	}

	/** Whether the method takes binary messages rather than text. */
	boolean isBinary(PayloadArguments payloads) {
		return payloads.isBinary(this.payload) || this.payload.getParameterType() == InputStream.class;
	}

	/**
	 * Chooses the resolver of a parameter. The event is the message, a
	 * {@link ReceivedPart}, or the stream.
	 * @param parameter the payload, or the parameter that tells the last part
	 * @param payloads turns a message into the payload
	 * @return the resolver
	 * @throws InvalidEndpointException if the payload cannot be made of a message
	 */
	ArgumentResolver<WsSession> resolverFor(MethodParameter parameter, PayloadArguments payloads) {
		if (this.form == Form.STREAM) {
			if (PayloadValidation.groups(parameter) != null) {
				throw InvalidEndpointException.of(parameter, "is to be validated, but is read while it arrives",
						"Remove the annotation, or take the message whole.");
			}
			return (session, event) -> event;
		}
		if (this.form == Form.WHOLE) {
			return payloads.resolverFor(parameter);
		}
		if (parameter.equals(this.last)) {
			return (session, event) -> event instanceof ReceivedPart part && part.last();
		}
		ArgumentResolver<WsSession> content = payloads.resolverFor(parameter);
		return (session, event) -> (event instanceof ReceivedPart part) ? content.resolve(session, part.content())
				: null;
	}

}
