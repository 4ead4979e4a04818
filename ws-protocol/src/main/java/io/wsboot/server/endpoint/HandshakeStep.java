package io.wsboot.server.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import io.wsboot.server.spi.HandshakeInterceptor;
import io.wsboot.server.spi.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a handshake's decision: the interceptors that have not been called, and the
 * handler. Immutable.
 *
 * @param target the endpoint, whose handler decides last
 * @param executor the executor of tasks that may block
 * @param peer the subject of the client's TLS certificate; null if the client has shown
 * none
 * @param hosted the request of another server; null for the server's own listener
 * @param interceptors the interceptors that have not been called
 */
record HandshakeStep(Endpoint target, Executor executor, @Nullable Principal peer, @Nullable UpgradeRequest hosted,
		List<HandshakeInterceptor> interceptors) implements HandshakeChain {

	@Override
	public String endpoint() {
		return this.target.path();
	}

	@Override
	public List<String> subprotocols() {
		return this.target.options().subprotocols();
	}

	@Override
	public Optional<Principal> certificateSubject() {
		return Optional.ofNullable((this.hosted == null) ? this.peer : null);
	}

	@Override
	public Optional<UpgradeRequest> upgrade() {
		return Optional.ofNullable(this.hosted);
	}

	@Override
	public CompletionStage<HandshakeDecision> proceed(HandshakeRequest request) throws Exception {
		CompletionStage<HandshakeDecision> decision = this.interceptors.isEmpty()
				? this.target.handler().onHandshake(request) : this.interceptors.get(0).intercept(request, rest());
		return Objects.requireNonNull(decision, "no decision about the handshake");
	}

	/** Returns the chain behind the next interceptor. */
	private HandshakeStep rest() {
		return new HandshakeStep(this.target, this.executor, this.peer, this.hosted,
				this.interceptors.subList(1, this.interceptors.size()));
	}

}
