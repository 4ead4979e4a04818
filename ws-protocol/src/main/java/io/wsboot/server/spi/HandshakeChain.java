package io.wsboot.server.spi;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;

/**
 * The rest of a handshake's decision, which a {@link HandshakeInterceptor} calls: the
 * remaining interceptors and the handler.
 */
public interface HandshakeChain {

	/**
	 * Returns the endpoint's path as it was registered, such as {@code /chat/{room}}.
	 * @return the path template
	 */
	String endpoint();

	/**
	 * Returns the subprotocols that the endpoint speaks.
	 * @return the names, most preferred first
	 */
	List<String> subprotocols();

	/**
	 * Returns who the client is according to its TLS certificate. The subject becomes the
	 * session's principal unless the decision names another principal.
	 * @return the subject of a verified certificate; empty if the client presented none
	 */
	Optional<Principal> certificateSubject();

	/**
	 * Returns the request as another server has read it that shares its port. That server
	 * has authenticated the client and applied its own filters; the principal of the
	 * upgrade request becomes the session's principal unless the decision names another
	 * principal.
	 * @return the request; empty if the client has come to the server's own port
	 */
	default Optional<UpgradeRequest> upgrade() {
		return Optional.empty();
	}

	/**
	 * Returns an executor for tasks that may block. The executor runs a task at once if
	 * the current thread may block, and else on a worker. If no worker begins the task
	 * within half of the time that is left to the handshake, the client is answered with
	 * 503.
	 * @return the executor. If the executor rejects a task, the client is answered with
	 * 503 too
	 */
	Executor executor();

	/**
	 * Calls the next interceptor, or the handler, on the current thread.
	 * @param request the handshake
	 * @return a stage that yields the decision and may complete later, on any thread
	 * @throws Exception if no decision can be made
	 */
	CompletionStage<HandshakeDecision> proceed(HandshakeRequest request) throws Exception;

}
