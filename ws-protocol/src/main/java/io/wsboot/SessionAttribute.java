package io.wsboot;

import java.util.Optional;

/**
 * A typed key for a session attribute. A key is best a constant:
 *
 * <pre>
 * static final SessionAttribute&lt;Cart&gt; CART = SessionAttribute.of("cart", Cart.class);
 * </pre>
 *
 * The attribute is kept in {@link WsSession#attributes()} under the key's name. All
 * methods may be called from any thread.
 *
 * @param <T> the type of the attribute's values
 * @param name the attribute's name
 * @param type the type of the attribute's values
 */
public record SessionAttribute<T>(String name, Class<T> type) {

	/**
	 * Returns a key.
	 * @param name the attribute's name
	 * @param type the type of the attribute's values
	 * @param <T> the type of the attribute's values
	 * @return the key
	 */
	public static <T> SessionAttribute<T> of(String name, Class<T> type) {
		return new SessionAttribute<>(name, type);
	}

	/**
	 * Returns the attribute's value, if there is one.
	 * @param session the session
	 * @return the value; empty if the session does not have the attribute
	 * @throws ClassCastException if the session has a value of another type under the
	 * name
	 */
	public Optional<T> find(WsSession session) {
		return Optional.ofNullable(session.attributes().get(this.name)).map(this.type::cast);
	}

	/**
	 * Returns the attribute's value, which must be there.
	 * @param session the session
	 * @return the value
	 * @throws IllegalStateException if the session does not have the attribute
	 * @throws ClassCastException if the session has a value of another type under the
	 * name
	 */
	public T get(WsSession session) {
		return find(session)
			.orElseThrow(() -> new IllegalStateException("the session has no attribute '" + this.name + "'"));
	}

	/**
	 * Sets the attribute.
	 * @param session the session
	 * @param value the value
	 */
	public void set(WsSession session, T value) {
		session.attributes().put(this.name, this.type.cast(value));
	}

	/**
	 * Removes the attribute.
	 * @param session the session
	 * @return the value that the attribute had; empty if the session did not have the
	 * attribute
	 * @throws ClassCastException if the session had a value of another type under the
	 * name
	 */
	public Optional<T> remove(WsSession session) {
		return Optional.ofNullable(session.attributes().remove(this.name)).map(this.type::cast);
	}

}
