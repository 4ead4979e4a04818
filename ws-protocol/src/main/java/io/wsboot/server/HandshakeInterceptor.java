package io.wsboot.server;

import java.util.concurrent.CompletionStage;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;

/**
 * Judges handshakes before the handler of their endpoint does. They are well-formed and
 * within the server's own policies by then. One interceptor serves all endpoints, so it
 * must be thread-safe. It is called on an event loop if the endpoint's callbacks run
 * there, and must not block then: what takes long belongs on the chain's
 * {@linkplain HandshakeChain#executor executor}, which then goes on with the chain. For
 * other endpoints it is called on a worker, unless no interceptor
 * {@linkplain #needsWorker needs one} and the endpoint's handler does not either.
 */
@FunctionalInterface
public interface HandshakeInterceptor {

	/**
	 * Judges a handshake: refuses it, or goes on with the chain and returns what that
	 * decides, possibly with more headers, attributes or a principal. An exception, or a
	 * stage that fails, is answered with 500.
	 * @param request the handshake
	 * @param next the other interceptors, and the handler
	 * @return the decision, now or later
	 * @throws Exception if no decision can be made
	 */
	CompletionStage<HandshakeDecision> intercept(HandshakeRequest request, HandshakeChain next) throws Exception;

	/**
	 * Whether this interceptor may block where the endpoint's callbacks run on workers.
	 * One that never does should say so: handshakes are then decided on the event loop if
	 * nothing else blocks, however busy the workers are.
	 * @return true by default; asked once, when the server starts
	 */
	default boolean needsWorker() {
		return true;
	}

}
