package io.wsboot.spring.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeDecision.Expiry;
import io.wsboot.WsSession;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * What a session is to know of its client: kept with the session from the handshake on,
 * and put into the thread's {@link SecurityContext} for each callback.
 */
public final class SecuredSessions {

	/** The attribute that holds a session's context. */
	private static final String ATTRIBUTE = SecuredSessions.class.getName();

	private final SecurityContextHolderStrategy holder;

	private final CloseStatus expired;

	private final Clock clock;

	/**
	 * Creates it.
	 * @param holder where the application looks for the context
	 * @param expired what sessions are closed with when what their client showed expires
	 * @param clock tells when that is
	 */
	public SecuredSessions(SecurityContextHolderStrategy holder, CloseStatus expired, Clock clock) {
		this.holder = holder;
		this.expired = expired;
		this.clock = clock;
	}

	/** Whether what a client showed is no longer valid, whatever leeway it was given. */
	boolean isOver(Client client) {
		return client.expiresAt() != null && !this.clock.instant().isBefore(client.expiresAt());
	}

	/** Keeps a client with the session to be. */
	HandshakeDecision secured(Accept decision, Client client) {
		Accept secured = decision.withAttribute(ATTRIBUTE,
				new SecuredClient(client.authentication(), contextOf(client.authentication())));
		if (!client.isAnonymous() && decision.principal() == null) {
			secured = secured.withPrincipal(client.authentication());
		}
		return (client.expiresAt() != null) ? expiring(secured, client.expiresAt()) : secured;
	}

	/** Ends it when the client's credentials do, or sooner if the application says so. */
	private Accept expiring(Accept decision, Instant expiresAt) {
		Duration valid = Duration.between(this.clock.instant(), expiresAt);
		Expiry other = decision.expiry();
		return (other != null && other.after().compareTo(valid) <= 0) ? decision
				: decision.withExpiry(valid, this.expired);
	}

	/** Does something in a client's name. */
	CompletionStage<HandshakeDecision> within(Authentication client,
			Callable<CompletionStage<HandshakeDecision>> action) {
		this.holder.setContext(contextOf(client));
		try {
			return action.call();
		}
		catch (Exception ex) {
			return CompletableFuture.failedFuture(ex);
		}
		finally {
			this.holder.clearContext();
		}
	}

	/**
	 * Enters a session's context on this thread.
	 * @param session the session
	 * @return what is to be cleared afterwards
	 */
	SecurityContextHolderStrategy enter(WsSession session) {
		this.holder.setContext(contextOf(session));
		return this.holder;
	}

	private SecurityContext contextOf(WsSession session) {
		if (session.attributes().get(ATTRIBUTE) instanceof SecuredClient secured) {
			return secured.isUntouched() ? secured.context() : contextOf(secured.authentication());
		}
		// the application may have cleared the attributes, or found out by itself
		return (session.principal().orElse(null) instanceof Authentication client) ? contextOf(client)
				: this.holder.createEmptyContext();
	}

	private SecurityContext contextOf(Authentication client) {
		SecurityContext context = this.holder.createEmptyContext();
		context.setAuthentication(client);
		return context;
	}

	/**
	 * A session's client, with a context that serves all callbacks as long as none of
	 * them changes it.
	 */
	private record SecuredClient(Authentication authentication, SecurityContext context) {

		boolean isUntouched() {
			return this.context.getAuthentication() == this.authentication;
		}

	}

}
