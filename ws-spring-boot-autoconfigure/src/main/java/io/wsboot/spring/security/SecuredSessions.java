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
 * Keeps the client's identity with each session from the handshake on, and puts it into
 * the thread's {@link SecurityContext} for each callback. Each call has a context of its
 * own, because a context can be changed and kept, and calls of one session may overlap;
 * the calls share only the {@link Authentication}.
 */
public final class SecuredSessions {

	/** The session attribute that holds the client's {@link Authentication}. */
	private static final String ATTRIBUTE = SecuredSessions.class.getName();

	private final SecurityContextHolderStrategy holder;

	private final CloseStatus expired;

	private final Clock clock;

	/**
	 * Creates the store.
	 * @param holder where the application looks for the context; each thread must have
	 * its own
	 * @param expired what a session is closed with when the client's credentials expire
	 * @param clock tells whether credentials have expired
	 * @throws IllegalStateException if the holder has one context for all threads
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

	/**
	 * Whether a client's credentials have expired, whatever leeway the verification
	 * allowed.
	 */
	boolean isOver(Client client) {
		return client.expiresAt() != null && !this.clock.instant().isBefore(client.expiresAt());
	}

	/** Keeps the client's identity with the session that is about to be opened. */
	HandshakeDecision secured(Accept decision, Client client) {
		Accept secured = decision.withAttribute(ATTRIBUTE, client.authentication());
		if (client.way() != null && decision.principal() == null) {
			secured = secured.withPrincipal(client.authentication());
		}
		return (client.expiresAt() != null) ? expiring(secured, client.expiresAt()) : secured;
	}

	/**
	 * Limits the session to the lifetime of the credentials, unless the application has
	 * set a shorter one.
	 */
	private Accept expiring(Accept decision, Instant expiresAt) {
		Duration valid = Duration.between(this.clock.instant(), expiresAt);
		Expiry other = decision.expiry();
		return (other != null && other.after().compareTo(valid) <= 0) ? decision
				: decision.withExpiry(valid, this.expired);
	}

	/**
	 * Runs an action in a client's name, and then restores the thread's context.
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
	 * Puts a new context with the session's client on the current thread.
	 * @param session the session
	 * @return the context that the thread had, for {@link #leave}
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
	 * Restores the context that the thread had. A callback may run within a callback of
	 * another session, or where the application works for somebody.
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
		// the application may have cleared the attributes, or set the principal itself
		return (session.principal().orElse(null) instanceof Authentication client) ? client : null;
	}

	/** Something to do in a client's name. */
	@FunctionalInterface
	interface Action<T, X extends Exception> {

		T run() throws X;

	}

}
