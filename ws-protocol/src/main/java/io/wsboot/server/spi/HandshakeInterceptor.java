package io.wsboot.server.spi;

import java.util.concurrent.CompletionStage;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;

/**
 * Decides about handshakes before the endpoint's handler. An interceptor sees only
 * handshakes that are well-formed and allowed by the server's own policies. One
 * interceptor serves all endpoints, so an interceptor must be thread-safe. If the
 * endpoint's callbacks run on event loops, the interceptor is called on an event loop and
 * must not block; a long check belongs on the chain's {@linkplain HandshakeChain#executor
 * executor}, which then proceeds with the chain. For other endpoints the interceptor is
 * called on a worker, unless neither an interceptor nor the endpoint's handler
 * {@linkplain #needsWorker needs a worker}.
 */
@FunctionalInterface
public interface HandshakeInterceptor {

	/**
	 * Decides about a handshake: refuses the handshake, or proceeds with the chain and
	 * returns the chain's decision, possibly with more headers, attributes or a
	 * principal. If the method throws, or if the stage fails, the client is answered with
	 * the HTTP status 500.
	 * @param request the handshake
	 * @param next the remaining interceptors and the handler
	 * @return a stage that yields the decision and may complete later, on any thread
	 * @throws Exception if no decision can be made
	 */
	CompletionStage<HandshakeDecision> intercept(HandshakeRequest request, HandshakeChain next) throws Exception;

	/**
	 * Tells whether the interceptor may block when the endpoint's callbacks run on
	 * workers. An interceptor that never blocks should return false: handshakes are then
	 * decided on the event loop, however busy the workers are, if nothing else blocks.
	 * @return true by default. The server asks once, when it starts
	 */
	default boolean needsWorker() {
		return true;
	}

}
