package io.wsboot.spring.security;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.HandshakeChain;
import io.wsboot.server.HandshakeInterceptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Finds out who a client is, and whether it may connect, before the endpoint is asked.
 * What that takes runs where it may block.
 */
public final class HandshakeSecurity implements HandshakeInterceptor, Ordered {

	/** Where Spring Boot has its security filter among others. */
	static final int ORDER = -100;

	private static final Log logger = LogFactory.getLog(HandshakeSecurity.class);

	private final List<HandshakeAuthentication> ways;

	private final EndpointAuthorization authorization;

	private final SecuredSessions sessions;

	private final HandshakeRefusals refusals;

	/**
	 * Creates it.
	 * @param ways how a client may show who it is; the first that it uses counts
	 * @param authorization who may connect
	 * @param sessions keeps what was found out
	 */
	public HandshakeSecurity(List<HandshakeAuthentication> ways, EndpointAuthorization authorization,
			SecuredSessions sessions) {
		this.ways = List.copyOf(ways);
		this.authorization = authorization;
		this.sessions = sessions;
		this.refusals = new HandshakeRefusals(this.ways);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public CompletionStage<HandshakeDecision> intercept(HandshakeRequest request, HandshakeChain next) {
		return CompletableFuture.supplyAsync(() -> judge(request, next), next.executor())
			.thenCompose((decision) -> decision);
	}

	private CompletionStage<HandshakeDecision> judge(HandshakeRequest request, HandshakeChain next) {
		Client client;
		try {
			client = authenticate(request, next);
		}
		catch (AmbiguousCredentialsException ex) {
			return refused(HandshakeDecision.refuse(400).withReason("ambiguous credentials"), next, ex);
		}
		catch (AuthenticationServiceException ex) {
			throw ex; // ours to mend: 500
		}
		catch (AuthenticationException ex) {
			return refused(this.refusals.unauthenticated(true), next, ex);
		}
		if (!this.authorization.allows(next.endpoint(), client::authentication, request)) {
			return refused(this.refusals.denied(client), next, null);
		}
		return proceed(request, next, client);
	}

	private Client authenticate(HandshakeRequest request, HandshakeChain next) {
		for (HandshakeAuthentication way : this.ways) {
			Authentication credentials = way.credentials(request, next);
			if (credentials != null) {
				Authentication authentication = way.authenticate(credentials);
				Client client = new Client(authentication, way, way.expiresAt(authentication));
				if (this.sessions.isOver(client)) {
					throw new CredentialsExpiredException("expired, but for the leeway for clocks that differ");
				}
				return client;
			}
		}
		return Client.ANONYMOUS;
	}

	/** Asks the endpoint, which may look at who the client is. */
	private CompletionStage<HandshakeDecision> proceed(HandshakeRequest request, HandshakeChain next, Client client) {
		return this.sessions.within(client.authentication(), () -> next.proceed(request)).handle((decision, error) -> {
			if (decision instanceof Accept accept) {
				return accepted(accept, request, next, client);
			}
			return (decision != null) ? decision : denied(client, error);
		});
	}

	private HandshakeDecision accepted(Accept decision, HandshakeRequest request, HandshakeChain next, Client client) {
		HandshakeAuthentication way = client.way();
		return this.sessions.secured((way != null) ? way.accepted(decision, request, next) : decision, client);
	}

	private HandshakeDecision denied(Client client, Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof AccessDeniedException) {
			return this.refusals.denied(client);
		}
		throw new CompletionException(cause);
	}

	private static CompletionStage<HandshakeDecision> refused(HandshakeDecision decision, HandshakeChain next,
			@Nullable Exception cause) {
		logger.debug("A client was refused a session of endpoint " + next.endpoint(), cause);
		return CompletableFuture.completedFuture(decision);
	}

}
