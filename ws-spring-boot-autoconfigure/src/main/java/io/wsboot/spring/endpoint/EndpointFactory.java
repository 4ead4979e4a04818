package io.wsboot.spring.endpoint;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.MessageDelivery;
import io.wsboot.MessageDelivery.Form;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.argument.AnnotatedParameters;
import io.wsboot.spring.endpoint.argument.ArgumentResolver;
import io.wsboot.spring.endpoint.argument.CallbackArgumentResolver;
import io.wsboot.spring.endpoint.argument.CallbackParameters;
import io.wsboot.spring.endpoint.argument.HandshakeContext;
import io.wsboot.spring.endpoint.argument.HandshakeParameterBinder;
import io.wsboot.spring.endpoint.argument.PayloadArguments;
import io.wsboot.spring.endpoint.method.CallbackMethods;
import io.wsboot.spring.endpoint.method.CallbackType;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.endpoint.method.InvocableMethod;
import io.wsboot.spring.endpoint.reply.ContentReply;
import io.wsboot.spring.endpoint.reply.Replies;
import io.wsboot.spring.endpoint.reply.Reply;
import io.wsboot.spring.endpoint.reply.ReplyStreams;
import io.wsboot.spring.endpoint.validation.CallbackConstraints;
import io.wsboot.spring.endpoint.validation.MethodConstraints;
import io.wsboot.spring.endpoint.validation.PayloadValidation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.env.PropertyResolver;

/**
 * Makes a handler and options of one annotated bean, and refuses a class that cannot work
 * as it is written.
 */
final class EndpointFactory {

	private final Object bean;

	private final Class<?> type;

	private final CallbackMethods methods;

	private final HandshakeParameterBinder binder;

	private final CallbackParameters parameters;

	private final PayloadArguments payloads;

	private final Replies replies;

	private final ReplyStreams streams = new ReplyStreams();

	private final Map<Boolean, MessageMethod> messages;

	private final MethodConstraints constraints;

	EndpointFactory(Object bean, Class<?> type, AnnotatedParameters annotated, PayloadArguments payloads,
			Replies replies, List<CallbackArgumentResolver> resolvers) {
		this.bean = bean;
		this.type = type;
		this.methods = CallbackMethods.of(type);
		this.binder = new HandshakeParameterBinder(annotated.conversion());
		this.parameters = new CallbackParameters(type, annotated, this.binder, resolvers);
		this.payloads = payloads;
		this.replies = replies;
		this.messages = messages();
		this.constraints = new MethodConstraints(bean, type, payloads.validator(), CallbackParameters::isAnnotated);
	}

	WsHandler create() {
		return new AnnotatedEndpoint(this.binder, handshake(), single(CallbackType.OPEN), message(false), message(true),
				single(CallbackType.PONG), single(CallbackType.CLOSE), errors(), this.streams);
	}

	private @Nullable HandshakeCallback handshake() {
		Method method = this.methods.single(CallbackType.HANDSHAKE);
		return (method != null) ? new HandshakeCallback(
				handler(method, this.parameters.forHandshake(method), HandshakeContext::answerWith), method, this.type)
				: null;
	}

	private @Nullable HandlerMethod<WsSession> single(CallbackType type) {
		Method method = this.methods.single(type);
		return (method != null) ? callback(type, method) : null;
	}

	private HandlerMethod<WsSession> callback(CallbackType type, Method method) {
		return callback(type, method, (parameter) -> {
			type.check(parameter);
			return (type == CallbackType.PONG) ? this.payloads.resolverFor(parameter) : (session, event) -> event;
		});
	}

	private HandlerMethod<WsSession> callback(CallbackType type, Method method,
			Function<MethodParameter, ArgumentResolver<WsSession>> ofEvent) {
		Reply<WsSession> reply = this.replies.of(type, method, this.type, this.streams);
		return handler(method, this.parameters.forSession(method, ofEvent), reply);
	}

	private @Nullable HandlerMethod<WsSession> message(boolean binary) {
		MessageMethod found = this.messages.get(binary);
		return (found != null) ? callback(CallbackType.MESSAGE, found.method(),
				(parameter) -> found.resolverFor(parameter, this.payloads)) : null;
	}

	/** The {@code @OnMessage} methods; the key is true for binary messages. */
	private Map<Boolean, MessageMethod> messages() {
		Map<Boolean, MessageMethod> found = new HashMap<>();
		for (Method method : this.methods.all(CallbackType.MESSAGE)) {
			MessageMethod message = MessageMethod.of(method, this.parameters.ofEvent(method));
			MessageMethod other = found.put(message.isBinary(this.payloads), message);
			if (other != null) {
				throw InvalidEndpointException.of(method,
						"takes " + (message.isBinary(this.payloads) ? "binary" : "text") + " messages, as does "
								+ InvalidEndpointException.describe(other.method()),
						"Keep one @OnMessage method for text and one for binary messages: byte[], ByteBuffer and InputStream are binary, everything else is text.");
			}
		}
		return found;
	}

	/**
	 * Reads the options of the endpoint. Call {@link #create()} first, as only then the
	 * parameters from the handshake are known.
	 * @param annotation the endpoint's annotation
	 * @param placeholders resolves placeholders in the limits
	 * @return the options
	 * @throws InvalidEndpointException if an option does not fit the methods
	 */
	EndpointOptions options(WsEndpoint annotation, PropertyResolver placeholders) {
		MessageSizes sizes = new MessageSizes(placeholders);
		this.messages.values().forEach((message) -> {
			Execution own = message.annotation().execution();
			boolean onLoop = ((own == Execution.AUTO) ? annotation.execution() : own) == Execution.EVENT_LOOP;
			checkContent(message.method(), onLoop);
			if (onLoop && message.form() == Form.STREAM) {
				throw InvalidEndpointException.of(message.payload(),
						"is a " + message.payload().getParameterType().getName()
								+ ", which waits for the client, on an event loop, which must not wait",
						"Write @OnMessage(execution = Execution.WORKER), or take the message in parts: a String or ByteBuffer, and a boolean that tells the last one.");
			}
		});
		Stream.of(CallbackType.OPEN, CallbackType.PONG, CallbackType.ERROR)
			.flatMap((type) -> this.methods.all(type).stream())
			.forEach((method) -> checkContent(method, annotation.execution() == Execution.EVENT_LOOP));
		checkConcurrency(annotation);
		return new EndpointAttributes(this.type, placeholders).options(annotation)
			.withText(delivery(false, sizes))
			.withBinary(delivery(true, sizes))
			.withHandshakeExecution(handshakeExecution());
	}

	/**
	 * A handshake can only block in an {@code @OnHandshake} method or a slow conversion.
	 */
	private Execution handshakeExecution() {
		boolean blocks = this.methods.single(CallbackType.HANDSHAKE) != null || !this.binder.isQuick();
		return blocks ? Execution.AUTO : Execution.EVENT_LOOP;
	}

	/**
	 * Refuses a reply that is read while it is sent, which blocks until the client takes
	 * it.
	 */
	private static void checkContent(Method method, boolean onLoop) {
		if (onLoop && ContentReply.isContent(method.getReturnType())) {
			throw InvalidEndpointException.of(method,
					"returns a " + method.getReturnType().getName()
							+ ", which waits for the client, on an event loop, which must not wait",
					"Let it run on a worker with Execution.WORKER, or return a Flow.Publisher or Flux of parts.");
		}
	}

	private void checkConcurrency(WsEndpoint annotation) {
		if (annotation.concurrency() <= 1) {
			return;
		}
		for (MessageMethod message : this.messages.values()) {
			if (message.form() != Form.WHOLE) {
				throw InvalidEndpointException.of(message.method(),
						"takes messages piece by piece, but several of a session at the same time are to be handled",
						"Remove the concurrency, or take messages whole.");
			}
			if (message.annotation().execution() == Execution.EVENT_LOOP
					|| annotation.execution() == Execution.EVENT_LOOP) {
				throw InvalidEndpointException.of(message.method(),
						"runs on an event loop, which does one thing at a time, but several messages of a session at the same time are to be handled",
						"Remove the concurrency, or write Execution.WORKER.");
			}
		}
	}

	private MessageDelivery delivery(boolean binary, MessageSizes sizes) {
		MessageMethod message = this.messages.get(binary);
		return (message != null) ? sizes.deliveryTo(message) : MessageDelivery.WHOLE;
	}

	private ErrorCallbacks errors() {
		Map<Class<? extends Throwable>, HandlerMethod<WsSession>> callbacks = new HashMap<>();
		for (Method method : this.methods.all(CallbackType.ERROR)) {
			Class<? extends Throwable> error = error(method);
			if (callbacks.put(error, callback(CallbackType.ERROR, method)) != null) {
				throw InvalidEndpointException.of(method, "is a second @OnError method for " + error.getName(),
						"Keep one @OnError method for each type of exception.");
			}
		}
		return new ErrorCallbacks(callbacks);
	}

	private Class<? extends Throwable> error(Method method) {
		List<MethodParameter> candidates = this.parameters.ofEvent(method);
		candidates.forEach(CallbackType.ERROR::check);
		if (candidates.size() != 1) {
			throw InvalidEndpointException.of(method, "has " + candidates.size() + " parameters for the exception",
					"Add exactly one parameter of the type of exception that the method deals with.");
		}
		return candidates.get(0).getParameterType().asSubclass(Throwable.class);
	}

	private <S> HandlerMethod<S> handler(Method method, List<ArgumentResolver<S>> resolvers, Reply<S> reply) {
		Method invocable = InvocableMethod.of(this.bean, method);
		List<MethodParameter> ofEvent = this.parameters.ofEvent(method);
		CallbackConstraints constraints = this.constraints.of(method, invocable, this.parameters.all(method),
				(parameter) -> ofEvent.contains(parameter) && PayloadValidation.groups(parameter) != null);
		this.parameters.constrain(constraints);
		return new HandlerMethod<>(this.bean, invocable, resolvers, constraints, reply);
	}

}
