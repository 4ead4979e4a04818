package io.wsboot.spring.endpoint;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.spring.endpoint.argument.HandshakeContext;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.endpoint.reply.FirstValue;
import io.wsboot.spring.endpoint.reply.ReactiveType;
import io.wsboot.spring.endpoint.reply.Replies;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Calls an {@link io.wsboot.spring.annotation.OnHandshake} method and turns its return
 * value into a decision.
 */
final class HandshakeCallback {

	static final Refuse RETURNED_FALSE = HandshakeDecision.refuse(403)
		.withReason("its @OnHandshake method returned false");

	private final HandlerMethod<HandshakeContext> method;

	/** The return type; null if it is not reactive. */
	private final @Nullable ReactiveType reactive;

	/** Whether the method answers with nothing at all, which accepts the handshake. */
	private final boolean returnsNothing;

	HandshakeCallback(HandlerMethod<HandshakeContext> method, Method declaration, Class<?> type) {
		this.method = method;
		ResolvableType returned = ResolvableType.forMethodReturnType(declaration, type);
		boolean stage = CompletionStage.class.isAssignableFrom(returned.toClass());
		this.reactive = stage ? null : ReactiveType.of(returned);
		ResolvableType answer = stage ? returned.as(CompletionStage.class).getGeneric()
				: (this.reactive != null) ? this.reactive.element() : returned;
		this.returnsNothing = Replies.isVoid(answer.toClass());
		if (!this.returnsNothing && !isDecision(answer.toClass()) || this.reactive != null && !this.reactive.single()) {
			throw InvalidEndpointException.of(declaration,
					"returns a " + returned + ", which does not answer a handshake",
					"Return void or a boolean, a HandshakeDecision, or a CompletionStage or Mono of one of these.");
		}
	}

	/**
	 * Calls the method.
	 * @param handshake the request and its converted parameters
	 * @return the decision, completed when the method's answer is there
	 * @throws Exception if the method fails
	 */
	CompletionStage<HandshakeDecision> judge(HandshakeContext handshake) throws Exception {
		this.method.call(handshake, null);
		Object answer = handshake.answer();
		if (this.reactive != null && answer != null) {
			return FirstValue.of(this.reactive.publisher().apply(answer)).thenApply(this::decision);
		}
		if (answer instanceof CompletionStage<?> stage) {
			return stage.thenApply(this::decision);
		}
		return CompletableFuture.completedFuture(decision(answer));
	}

	private HandshakeDecision decision(@Nullable Object answer) {
		if (answer instanceof HandshakeDecision decision) {
			return decision;
		}
		if (Boolean.FALSE.equals(answer)) {
			return RETURNED_FALSE;
		}
		if (answer == null && !this.returnsNothing) {
			throw new IllegalStateException(this.method + " returned null, which does not answer a handshake");
		}
		return HandshakeDecision.accept();
	}

	private static boolean isDecision(Class<?> type) {
		return type == boolean.class || type == Boolean.class || HandshakeDecision.class.isAssignableFrom(type);
	}

}
