package io.wsboot.spring.endpoint;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.HandshakeDecision;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * An {@link io.wsboot.spring.annotation.OnHandshake} method.
 */
final class HandshakeCallback {

	private static final int FORBIDDEN = 403;

	private final HandlerMethod<Opening> method;

	/** Whether null is what the method's type says, and so means yes. */
	private final boolean returnsNothing;

	HandshakeCallback(HandlerMethod<Opening> method, Method declaration, Class<?> type) {
		this.method = method;
		ResolvableType returned = ResolvableType.forMethodReturnType(declaration, type);
		ResolvableType answer = CompletionStage.class.isAssignableFrom(returned.toClass())
				? returned.as(CompletionStage.class).getGeneric() : returned;
		this.returnsNothing = Replies.isVoid(answer.toClass());
		if (!this.returnsNothing && !isDecision(answer.toClass())) {
			throw InvalidEndpointException.of(declaration,
					"returns a " + returned + ", which does not answer a handshake",
					"Return void or a boolean, a HandshakeDecision, or a CompletionStage of one of these.");
		}
	}

	/**
	 * Asks the method.
	 * @param opening the handshake
	 * @return the decision, now or later
	 * @throws Exception if the method fails
	 */
	CompletionStage<HandshakeDecision> judge(Opening opening) throws Exception {
		Object answer = this.method.invoke(opening, null);
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
			return HandshakeDecision.refuse(FORBIDDEN);
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
