package io.wsboot.server;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;

/**
 * What is left of a handshake for a {@link HandshakeInterceptor} to go on with.
 */
public interface HandshakeChain {

	/**
	 * The path of the endpoint as it was registered, such as {@code /chat/{room}}.
	 * @return the template
	 */
	String endpoint();

	/**
	 * The subprotocols that the endpoint speaks.
	 * @return the names, in the endpoint's order
	 */
	List<String> subprotocols();

	/**
	 * Who the client is according to its TLS certificate. It is the session's principal
	 * unless the decision names another.
	 * @return the subject of a certificate that was verified, or nothing
	 */
	Optional<Principal> certificateSubject();

	/**
	 * Runs what may block: at once if this thread may, else on a worker. If no worker
	 * begins within half of the time that the handshake has left, the client is answered
	 * with 503.
	 * @return an executor that may reject, which is answered with 503 too
	 */
	Executor executor();

	/**
	 * Asks the next interceptor, or the handler, on this thread.
	 * @param request the handshake
	 * @return the decision, now or later
	 * @throws Exception if no decision can be made
	 */
	CompletionStage<HandshakeDecision> proceed(HandshakeRequest request) throws Exception;

}
