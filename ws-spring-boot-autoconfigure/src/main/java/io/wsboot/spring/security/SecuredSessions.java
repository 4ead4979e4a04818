package io.wsboot.spring.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeDecision.Expiry;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * What a session is to know of its client: kept with the session from the handshake on,
 * and put into the thread's {@link SecurityContext} for each callback. Each call has a
 * context of its own, as a context can be changed and kept, and calls of one session may
 * overlap; only the {@link Authentication} is shared.
 */
public final class SecuredSessions {

	/** The attribute that holds a session's client, an {@link Authentication}. */
	private static final String ATTRIBUTE = SecuredSessions.class.getName();

	private final SecurityContextHolderStrategy holder;

	private final CloseStatus expired;

	private final Clock clock;

	/**
	 * Creates it.
	 * @param holder where the application looks for the context, of which each thread has
	 * its own
	 * @param expired what sessions are closed with when what their client showed expires
	 * @param clock tells when that is
	 */
	public SecuredSessions(SecurityContextHolderStrategy holder, CloseStatus expired, Clock clock) {
		if (holder.getClass().getSimpleName().startsWith("Global")) {
			throw new IllegalStateException("SecurityContextHolder has one context for all threads (MODE_GLOBAL), "
					+ "so that each client would act in the name of another");
		}
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
		Accept secured = decision.withAttribute(ATTRIBUTE, client.authentication());
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

	/**
	 * Does something in a client's name, and leaves the thread the context that it had.
	 * @param client the client; null for nobody, whatever context the thread has
	 */
	<T, X extends Exception> T within(@Nullable Authentication client, Action<T, X> action) throws X {
		SecurityContext before = enter(client);
		try {
			return action.run();
		}
		finally {
			leave(before);
		}
	}

	/**
	 * Puts a new context of a session's client on this thread.
	 * @param session the session
	 * @return what the thread had, which {@link #leave} is to be given
	 */
	SecurityContext enter(WsSession session) {
		return enter(clientOf(session));
	}

	private SecurityContext enter(@Nullable Authentication client) {
		SecurityContext before = this.holder.getContext();
		SecurityContext context = this.holder.createEmptyContext();
		context.setAuthentication(client);
		this.holder.setContext(context);
		return before;
	}

	/**
	 * Gives the thread back what it had: a callback may run within another session's, or
	 * where the application is at work for somebody.
	 */
	void leave(SecurityContext before) {
		if (before.getAuthentication() == null) {
			this.holder.clearContext();
		}
		else {
			this.holder.setContext(before);
		}
	}

	private static @Nullable Authentication clientOf(WsSession session) {
		if (session.attributes().get(ATTRIBUTE) instanceof Authentication client) {
			return client;
		}
		// the application may have cleared the attributes, or found out by itself
		return (session.principal().orElse(null) instanceof Authentication client) ? client : null;
	}

	/** Something to do in a client's name. */
	@FunctionalInterface
	interface Action<T, X extends Exception> {

		T run() throws X;

	}

}
