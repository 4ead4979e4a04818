package io.wsboot;

import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The answer to a {@link HandshakeRequest}. Decisions are immutable. */
public sealed interface HandshakeDecision {

	/**
	 * Accepts the handshake. The server chooses the first of the endpoint's subprotocols
	 * that the client offers.
	 * @return the decision
	 */
	static Accept accept() {
		return Accept.PLAIN;
	}

	/**
	 * Refuses the handshake.
	 * @param status the HTTP status of the response, 400 to 599
	 * @return the decision
	 * @throws IllegalArgumentException if the status is not within 400 to 599
	 */
	static Refuse refuse(int status) {
		return new Refuse(status, Headers.empty(), null);
	}

	/**
	 * Opens the connection with the HTTP status 101 (RFC 6455 §4.2.2).
	 *
	 * @param subprotocol the subprotocol to speak, one that the client offered; null if
	 * the server chooses among the endpoint's subprotocols
	 * @param headers fields to add to the response
	 * @param attributes the first attributes of the session
	 * @param principal who the client is; null if unknown
	 * @param expiry when the session ends at the latest; null if the session does not
	 * expire
	 */
	record Accept(@Nullable String subprotocol, Headers headers, Map<String, Object> attributes,
			@Nullable Principal principal, @Nullable Expiry expiry) implements HandshakeDecision {

		private static final Accept PLAIN = new Accept(null, Headers.empty(), Map.of(), null, null);

		/** Creates a decision with a copy of the attributes. */
		public Accept {
			attributes = Map.copyOf(attributes);
		}

		/**
		 * Chooses the subprotocol. A subprotocol that the client did not offer is
		 * answered with the HTTP status 500 (RFC 6455 §4.2.2).
		 * @param name the subprotocol, one that the client offered
		 * @return the new decision
		 */
		public Accept withSubprotocol(String name) {
			return new Accept(name, this.headers, this.attributes, this.principal, this.expiry);
		}

		/**
		 * Adds a field to the response.
		 * @param name the field's name, a token (RFC 9110 §5.6.2)
		 * @param value the field's value, without control characters
		 * @return the new decision
		 * @throws IllegalArgumentException if the name or the value has characters that a
		 * field must not have
		 */
		public Accept withHeader(String name, String value) {
			return new Accept(this.subprotocol, this.headers.with(name, value), this.attributes, this.principal,
					this.expiry);
		}

		/**
		 * Adds a first attribute of the session.
		 * @param name the attribute's name
		 * @param value the attribute's value
		 * @return the new decision
		 */
		public Accept withAttribute(String name, Object value) {
			Map<String, Object> more = new HashMap<>(this.attributes);
			more.put(name, value);
			return new Accept(this.subprotocol, this.headers, more, this.principal, this.expiry);
		}

		/**
		 * Adds a first attribute of the session.
		 * @param key the attribute's key
		 * @param value the attribute's value
		 * @param <T> the type of the value
		 * @return the new decision
		 */
		public <T> Accept withAttribute(SessionAttribute<T> key, T value) {
			return withAttribute(key.name(), key.type().cast(value));
		}

		/**
		 * Sets the session's principal.
		 * @param user who the client is
		 * @return the new decision
		 */
		public Accept withPrincipal(Principal user) {
			return new Accept(this.subprotocol, this.headers, this.attributes, user, this.expiry);
		}

		/**
		 * Ends the session after a time, even a busy session; for example when the
		 * client's token expires.
		 * @param after the time from now on. Zero and negative times close the session as
		 * soon as the session is open
		 * @param status the status to close the session with
		 * @return the new decision
		 * @throws IllegalArgumentException if the status must not be sent, see
		 * {@link CloseStatus#mayBeSent()}
		 */
		public Accept withExpiry(Duration after, CloseStatus status) {
			return new Accept(this.subprotocol, this.headers, this.attributes, this.principal,
					new Expiry(after, status));
		}

	}

	/**
	 * When a session ends at the latest.
	 *
	 * @param after the time from the opening of the session on, zero to 36,500 days;
	 * other times are replaced by the nearer of the two
	 * @param status the status to close the session with
	 */
	record Expiry(Duration after, CloseStatus status) {

		/**
		 * The longest time: more than any session lasts, in nanoseconds still a
		 * {@code long}.
		 */
		private static final Duration LONGEST = Duration.ofDays(36_500);

		/**
		 * Creates an expiry.
		 * @throws IllegalArgumentException if the status must not be sent, see
		 * {@link CloseStatus#mayBeSent()}
		 */
		public Expiry {
			after = after.isNegative() ? Duration.ZERO : (after.compareTo(LONGEST) > 0) ? LONGEST : after;
			if (!status.mayBeSent()) {
				throw new IllegalArgumentException("close code " + status.code() + " must not be sent (RFC 6455 §7.4)");
			}
		}

	}

	/**
	 * Answers with an HTTP error and closes the connection.
	 *
	 * @param status the HTTP status of the response, 400 to 599
	 * @param headers fields to add to the response, such as {@code WWW-Authenticate}
	 * @param reason explains the refusal in the server's log at debug level, and is never
	 * sent; null if the status says enough
	 */
	record Refuse(int status, Headers headers, @Nullable String reason) implements HandshakeDecision {

		/**
		 * Creates a decision.
		 * @throws IllegalArgumentException if the status is not within 400 to 599
		 */
		public Refuse {
			if (status < 400 || status > 599) {
				throw new IllegalArgumentException("a handshake is refused with a status of 400 to 599, not " + status);
			}
		}

		/**
		 * Adds a field to the response.
		 * @param name the field's name, a token (RFC 9110 §5.6.2)
		 * @param value the field's value, without control characters
		 * @return the new decision
		 * @throws IllegalArgumentException if the name or the value has characters that a
		 * field must not have
		 */
		public Refuse withHeader(String name, String value) {
			return new Refuse(this.status, this.headers.with(name, value), this.reason);
		}

		/**
		 * Sets the reason. The server logs the reason at debug level and never sends the
		 * reason.
		 * @param reason the reason, which must hold no secret
		 * @return the new decision
		 */
		public Refuse withReason(String reason) {
			return new Refuse(this.status, this.headers, reason);
		}

	}

}
