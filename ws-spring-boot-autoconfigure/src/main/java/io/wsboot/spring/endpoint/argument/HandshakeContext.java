package io.wsboot.spring.endpoint.argument;

import io.wsboot.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The source of arguments of an {@link io.wsboot.spring.annotation.OnHandshake} method,
 * for one call. Takes the return value of the method.
 */
public final class HandshakeContext {

	private final HandshakeRequest request;

	private final HandshakeParameters parameters;

	private @Nullable Object answer;

	/**
	 * A handshake that has no answer yet.
	 * @param request the request
	 * @param parameters the converted parameters of the endpoint's callbacks
	 */
	public HandshakeContext(HandshakeRequest request, HandshakeParameters parameters) {
		this.request = request;
		this.parameters = parameters;
	}

	HandshakeRequest request() {
		return this.request;
	}

	HandshakeParameters parameters() {
		return this.parameters;
	}

	/**
	 * Takes the return value of the method.
	 * @param answer the return value
	 */
	public void answerWith(Object answer) {
		this.answer = answer;
	}

	/**
	 * Returns the return value of the method.
	 * @return null if there is none, or none yet
	 */
	public @Nullable Object answer() {
		return this.answer;
	}

}
