package io.wsboot.spring.endpoint;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.wsboot.Message;

import org.springframework.core.ResolvableType;

/**
 * Chooses what is done with the return value of a callback.
 *
 * @param objects whether there is a way to write any object that is neither text nor
 * bytes
 * @param converters write some of them
 */
record Replies(boolean objects, List<WsMessageConverter> converters) {

	/**
	 * What is done with what a method returns.
	 * @param method the callback
	 * @param type the endpoint's class, which may know the method's type variables
	 * @param streams takes what is published over time
	 * @return the reply
	 */
	Reply of(Method method, Class<?> type, ReplyStreams streams) {
		return of(method, type, streams, AsyncReply.ofCallback());
	}

	/**
	 * What is done with what an {@code @OnError} method returns.
	 * @param method the callback
	 * @param type the endpoint's class, which may know the method's type variables
	 * @param streams takes what is published over time
	 * @return the reply
	 */
	Reply ofErrorCallback(Method method, Class<?> type, ReplyStreams streams) {
		return of(method, type, streams, AsyncReply.ofErrorCallback());
	}

	private Reply of(Method method, Class<?> type, ReplyStreams streams, AsyncReply later) {
		ResolvableType returned = ResolvableType.forMethodReturnType(method, type);
		Class<?> raw = returned.toClass();
		if (CompletionStage.class.isAssignableFrom(raw)) {
			ResolvableType value = returned.as(CompletionStage.class).getGeneric();
			if (value.resolve() != null) {
				synchronous(method, value.toClass());
			}
			return later;
		}
		ReactiveType reactive = ReactiveType.of(returned);
		if (reactive != null) {
			if (reactive.element().resolve() != null) {
				synchronous(method, reactive.element().toClass());
			}
			return new StreamReply(reactive.publisher(), streams, later.failure());
		}
		if (ContentReply.isContent(raw)) {
			return new ContentReply();
		}
		return synchronous(method, raw);
	}

	/**
	 * Checks that a method returns nothing.
	 * @param method the callback
	 * @param type what it is called for
	 */
	static void none(Method method, CallbackType type) {
		if (!isVoid(method.getReturnType())) {
			throw InvalidEndpointException.of(method,
					"returns a value, but when " + type + " methods are called the session can no longer be written to",
					"Return void.");
		}
	}

	static boolean isVoid(Class<?> type) {
		return type == void.class || type == Void.class;
	}

	private Reply synchronous(Method method, Class<?> type) {
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
		checkObject(method, type);
		return Reply.OBJECT;
	}

	private void checkObject(Method method, Class<?> type) {
		ResolvableType resolvable = ResolvableType.forClass(type);
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
