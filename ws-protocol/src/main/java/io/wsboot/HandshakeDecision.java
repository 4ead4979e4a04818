package io.wsboot;

import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link HandshakeRequest}: a value, never an exception.
 */
public sealed interface HandshakeDecision {

	/**
	 * Opens the connection. The first of the endpoint's subprotocols that the client
	 * offers is chosen.
	 * @return the decision
	 */
	static Accept accept() {
		return Accept.PLAIN;
	}

	/**
	 * Refuses the connection.
	 * @param status an HTTP status, 400 to 599
	 * @return the decision
	 */
	static Refuse refuse(int status) {
		return new Refuse(status, Headers.empty(), null);
	}

	/**
	 * Opens the connection with 101.
	 *
	 * @param subprotocol the subprotocol to speak; null to let the server choose among
	 * the endpoint's
	 * @param headers fields to add to the response
	 * @param attributes first attributes of the session
	 * @param principal who the client is; null if unknown
	 * @param expiry when the session ends at the latest; null if that is left to others
	 */
	record Accept(@Nullable String subprotocol, Headers headers, Map<String, Object> attributes,
			@Nullable Principal principal, @Nullable Expiry expiry) implements HandshakeDecision {

		private static final Accept PLAIN = new Accept(null, Headers.empty(), Map.of(), null, null);

		public Accept {
			attributes = Map.copyOf(attributes);
		}

		/**
		 * Chooses the subprotocol, which must be one that the client offered.
		 * @param name the subprotocol
		 * @return the decision
		 */
		public Accept withSubprotocol(String name) {
			return new Accept(name, this.headers, this.attributes, this.principal, this.expiry);
		}

		/**
		 * Adds a field to the response.
		 * @param name the field's name
		 * @param value the field's value
		 * @return the decision
		 */
		public Accept withHeader(String name, String value) {
			return new Accept(this.subprotocol, this.headers.with(name, value), this.attributes, this.principal,
					this.expiry);
		}

		/**
		 * Adds an attribute of the session to be.
		 * @param name the attribute's name
		 * @param value the attribute's value
		 * @return the decision
		 */
		public Accept withAttribute(String name, Object value) {
			Map<String, Object> more = new HashMap<>(this.attributes);
			more.put(name, value);
			return new Accept(this.subprotocol, this.headers, more, this.principal, this.expiry);
		}

		/**
		 * Adds an attribute of the session to be.
		 * @param key names the attribute
		 * @param value the attribute's value
		 * @param <T> its type
		 * @return the decision
		 */
		public <T> Accept withAttribute(SessionAttribute<T> key, T value) {
			return withAttribute(key.name(), key.type().cast(value));
		}

		/**
		 * Says who the client is.
		 * @param user the principal
		 * @return the decision
		 */
		public Accept withPrincipal(Principal user) {
			return new Accept(this.subprotocol, this.headers, this.attributes, user, this.expiry);
		}

		/**
		 * Ends the session after a time whatever it does, as when what the client proved
		 * who it is with is no longer valid.
		 * @param after from now on; zero or less closes the session as soon as it is open
		 * @param status what the session is closed with then
		 * @return the decision
		 */
		public Accept withExpiry(Duration after, CloseStatus status) {
			return new Accept(this.subprotocol, this.headers, this.attributes, this.principal,
					new Expiry(after, status));
		}

	}

	/**
	 * When a session ends at the latest.
	 *
	 * @param after from its opening on
	 * @param status what it is closed with then
	 */
	record Expiry(Duration after, CloseStatus status) {

		/** Longer than any session lasts, and still a number of nanoseconds. */
		private static final Duration LONGEST = Duration.ofDays(36_500);

		public Expiry {
			after = after.isNegative() ? Duration.ZERO : (after.compareTo(LONGEST) > 0) ? LONGEST : after;
			if (!status.mayBeSent()) {
				throw new IllegalArgumentException("close code " + status.code() + " must not be sent (RFC 6455 §7.4)");
			}
		}

	}

	/**
	 * Answers with an HTTP error and closes.
	 *
	 * @param status an HTTP status, 400 to 599
	 * @param headers fields to add to the response, such as {@code WWW-Authenticate}
	 * @param reason why, for the server's log at debug level; the client is never told.
	 * Null if the status says enough
	 */
	record Refuse(int status, Headers headers, @Nullable String reason) implements HandshakeDecision {

		public Refuse {
			if (status < 400 || status > 599) {
				throw new IllegalArgumentException("a handshake is refused with a status of 400 to 599, not " + status);
			}
		}

		/**
		 * Adds a field to the response.
		 * @param name the field's name
		 * @param value the field's value
		 * @return the decision
		 */
		public Refuse withHeader(String name, String value) {
			return new Refuse(this.status, this.headers.with(name, value), this.reason);
		}

		/**
		 * Says why the connection is refused. The reason is logged at debug level and is
		 * not sent.
		 * @param reason the reason, which must hold no secret
		 * @return the decision
		 */
		public Refuse withReason(String reason) {
			return new Refuse(this.status, this.headers, reason);
		}

	}

}
