package io.wsboot.spring.security;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import io.wsboot.server.spi.HandshakeInterceptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Authenticates a client and decides whether the client may connect, before the endpoint
 * decides. Both run on a thread that may block.
 * <p>
 * A client that has come through a web server whose port is shared is authenticated
 * already, and has been let in by the application's own filters: then only rules that the
 * application has made for endpoints apply, and no default.
 */
public final class HandshakeSecurity implements HandshakeInterceptor, Ordered {

	/** The order that Spring Boot gives to Spring Security's filter. */
	static final int ORDER = -100;

	private static final Log logger = LogFactory.getLog(HandshakeSecurity.class);

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	private final List<HandshakeAuthentication> ways;

	private final EndpointAuthorization authorization;

	private final EndpointAuthorization hostedAuthorization;

	private final SecuredSessions sessions;

	private final HandshakeRefusals refusals;

	/**
	 * Creates the interceptor.
	 * @param ways how clients may authenticate; the first way for which a client presents
	 * credentials counts. Without any, clients can only connect to endpoints that the
	 * rules open to everybody
	 * @param authorization decides who may connect to the server's own port
	 * @param hostedAuthorization decides who may connect of those whom a web server has
	 * let in
	 * @param sessions keeps the client's identity with the session
	 */
	public HandshakeSecurity(List<HandshakeAuthentication> ways, EndpointAuthorization authorization,
			EndpointAuthorization hostedAuthorization, SecuredSessions sessions) {
		this.ways = List.copyOf(ways);
		this.authorization = authorization;
		this.hostedAuthorization = hostedAuthorization;
		this.sessions = sessions;
		this.refusals = new HandshakeRefusals(this.ways);
		logger.debug("Clients may show who they are to "
				+ this.ways.stream().map((way) -> way.getClass().getName()).toList());
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/**
	 * Tells whether clients have a way to authenticate.
	 * @return false if clients can only connect to endpoints that the rules open to
	 * everybody
	 */
	public boolean canAuthenticate() {
		return !this.ways.isEmpty();
	}

	@Override
	public CompletionStage<HandshakeDecision> intercept(HandshakeRequest request, HandshakeChain next) {
		return CompletableFuture.supplyAsync(() -> judge(request, next), next.executor())
			.thenCompose((decision) -> decision);
	}

	private CompletionStage<HandshakeDecision> judge(HandshakeRequest request, HandshakeChain next) {
		Client client;
		try {
			client = next.upgrade().isPresent() ? hosted(next.upgrade().get().principal())
					: authenticate(request, next);
		}
		catch (AmbiguousCredentialsException ex) {
			return refused(HandshakeDecision.refuse(400).withReason("there are several credentials"), next, ex);
		}
		catch (AuthenticationServiceException ex) {
			throw ex; // the server's fault: 500
		}
		catch (AuthenticationException ex) {
			return refused(this.refusals.unauthenticated(true), next, ex);
		}
		return decide(request, next, client).handle((decision, error) -> {
			if (decision instanceof Accept accept) {
				return accepted(accept, request, next, client);
			}
			return (decision != null) ? decision : denied(client, error);
		});
	}

	/** The client as the web server whose port is shared knows it. */
	private Client hosted(@Nullable Principal principal) {
		if (principal == null) {
			return Client.ANONYMOUS;
		}
		Authentication authentication = (principal instanceof Authentication known) ? known
				: UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of());
		Instant expiresAt = this.ways.stream()
			.map((way) -> way.expiresAt(authentication))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		return unlessOver(new Client(authentication, null, expiresAt));
	}

	private Client unlessOver(Client client) {
		if (this.sessions.isOver(client)) {
			throw new CredentialsExpiredException("expired, but for the leeway for clocks that differ");
		}
		return client;
	}

	/** Authenticates the client, without regard to any context that the thread has. */
	private Client authenticate(HandshakeRequest request, HandshakeChain next) {
		for (HandshakeAuthentication way : this.ways) {
			Authentication credentials = way.credentials(request, next);
			if (credentials != null) {
				Authentication authentication = verified(way, credentials);
				return unlessOver(new Client(authentication, way, way.expiresAt(authentication)));
			}
		}
		return Client.ANONYMOUS;
	}

	/**
	 * Verifies credentials; a way that returns its argument unverified, or nobody, has
	 * verified nothing.
	 */
	private Authentication verified(HandshakeAuthentication way, Authentication credentials) {
		Authentication authentication = this.sessions.within(null, () -> way.authenticate(credentials));
		if (!TRUST.isAuthenticated(authentication)) {
			throw new BadCredentialsException("credentials that nobody has verified");
		}
		return authentication;
	}

	/** Asks the rules and then the endpoint; both may look at the client's identity. */
	private CompletionStage<HandshakeDecision> decide(HandshakeRequest request, HandshakeChain next, Client client) {
		EndpointAuthorization rules = next.upgrade().isPresent() ? this.hostedAuthorization : this.authorization;
		try {
			return this.sessions.within(client.authentication(),
					() -> rules.allows(next.endpoint(), client::authentication, request) ? next.proceed(request)
							: refused(this.refusals.denied(client), next, null));
		}
		catch (Exception ex) {
			return CompletableFuture.failedFuture(ex);
		}
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
