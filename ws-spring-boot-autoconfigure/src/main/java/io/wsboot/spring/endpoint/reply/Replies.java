package io.wsboot.spring.endpoint.reply;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.convert.JsonCodec;
import io.wsboot.spring.endpoint.convert.StandardPayloadConverter;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import io.wsboot.spring.endpoint.method.CallbackType;
import io.wsboot.spring.endpoint.method.DeclaredType;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.endpoint.method.JsonView;
import io.wsboot.spring.endpoint.method.KotlinCallbacks;

import org.springframework.core.ResolvableType;

/**
 * Chooses the reply that is made of a callback's return value.
 *
 * @param objects whether objects that are neither text nor bytes can be written
 * @param converters write the types that they support
 * @param converter writes all replies
 */
public record Replies(boolean objects, List<WsMessageConverter> converters, PayloadConverter converter) {

	/**
	 * Chooses the reply of a callback.
	 * @param type the type of the callback
	 * @param method the callback
	 * @param endpoint the endpoint's class, which may know the method's type variables
	 * @param streams takes the publishers that the callback returns
	 * @return the reply
	 * @throws InvalidEndpointException if the return type cannot be a reply
	 */
	public Reply<WsSession> of(CallbackType type, Method method, Class<?> endpoint, ReplyStreams streams) {
		if (type == CallbackType.CLOSE) {
			checkReturnsNothing(method);
			return Reply.NONE;
		}
		BiConsumer<WsSession, Throwable> failure = (type == CallbackType.ERROR) ? AsyncReply::failErrorCallback
				: AsyncReply::failCallback;
		ResolvableType returned = ResolvableType.forMethodReturnType(method, endpoint);
		Class<?> raw = returned.toClass();
		if (CompletionStage.class.isAssignableFrom(raw)) {
			return new AsyncReply(later(method, returned.as(CompletionStage.class).getGeneric()), failure);
		}
		ReactiveType reactive = ReactiveType.of(returned);
		if (reactive != null) {
			return new StreamReply(reactive.publisher(), later(method, reactive.element()), streams, failure);
		}
		if (ContentReply.isContent(raw)) {
			return new ContentReply();
		}
		return synchronous(method, returned);
	}

	private PayloadConverter later(Method method, ResolvableType value) {
		if (value.resolve() != null) {
			synchronous(method, value);
		}
		return writer(method, value);
	}

	private static void checkReturnsNothing(Method method) {
		if (!isVoid(method.getReturnType())) {
			throw InvalidEndpointException.of(method,
					"returns a value, but when @OnClose methods are called the session can no longer be written to",
					"Return void.");
		}
	}

	/**
	 * Whether a method of a return type returns nothing.
	 * @param type the return type
	 * @return true for {@code void}, {@code Void} and Kotlin's {@code Unit}
	 */
	public static boolean isVoid(Class<?> type) {
		return type == void.class || type == Void.class || KotlinCallbacks.isUnit(type);
	}

	private Reply<WsSession> synchronous(Method method, ResolvableType declared) {
		Class<?> type = declared.toClass();
		if (isVoid(type)) {
			return Reply.NONE;
		}
		if (type == String.class) {
			return Reply.TEXT;
		}
		if (type == byte[].class) {
			return Reply.BYTES;
		}
		if (ByteBuffer.class.isAssignableFrom(type)) {
			return Reply.BUFFER;
		}
		if (Message.class.isAssignableFrom(type)) {
			return Reply.MESSAGE;
		}
		checkObject(method, declared);
		return Reply.object(writer(method, declared));
	}

	private PayloadConverter writer(Method method, ResolvableType declared) {
		Class<?> view = JsonView.of(method);
		try {
			if (this.converter instanceof StandardPayloadConverter standard) {
				return (view != null) ? standard.writerFor(declared, view) : standard.writerFor(declared);
			}
			if (view != null) {
				throw new UnsupportedOperationException(this.converter.getClass().getName() + " knows no views");
			}
		}
		catch (UnsupportedOperationException ex) {
			throw InvalidEndpointException.of(method, "has a @JsonView, but " + ex.getMessage(),
					"Remove the annotation, and return a type that has only what is to be seen.");
		}
		Type type = DeclaredType.of(declared);
		return (value) -> this.converter.toMessage(value, type);
	}

	private void checkObject(Method method, ResolvableType resolvable) {
		Class<?> type = resolvable.toClass();
		if (Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)
				|| ReactiveType.of(resolvable) != null || ContentReply.isContent(type)) {
			throw InvalidEndpointException.of(method, "returns a " + type.getName() + ", which cannot be a reply",
					"Return a CompletionStage of one reply, a Flow.Publisher, Mono or Flux of replies, or send them with WsSession.convertAndSend.");
		}
		if (!this.objects && type != Object.class
				&& this.converters.stream().noneMatch((converter) -> converter.supports(resolvable))) {
			throw InvalidEndpointException.of(method,
					"returns a " + type.getName() + ", which is written as JSON, but there is no JSON library",
					"Add spring-boot-starter-jackson, or define a bean of type " + JsonCodec.class.getName() + ".");
		}
	}

}
