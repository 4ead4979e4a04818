package io.wsboot;

import java.util.Optional;

/**
 * A name for a session attribute that says what type its values have. Best a constant:
 *
 * <pre>
 * static final SessionAttribute&lt;Cart&gt; CART = SessionAttribute.of("cart", Cart.class);
 * </pre>
 *
 * What it sets is in {@link WsSession#attributes()} under its name. Any thread.
 *
 * @param <T> the type of its values
 * @param name the attribute's name
 * @param type the type of its values
 */
public record SessionAttribute<T>(String name, Class<T> type) {

	/**
	 * Names an attribute.
	 * @param name the attribute's name
	 * @param type the type of its values
	 * @param <T> the type of its values
	 * @return the key
	 */
	public static <T> SessionAttribute<T> of(String name, Class<T> type) {
		return new SessionAttribute<>(name, type);
	}

	/**
	 * What the session has.
	 * @param session the session
	 * @return the value, or nothing
	 * @throws ClassCastException if something of another type has been set under the name
	 */
	public Optional<T> find(WsSession session) {
		return Optional.ofNullable(session.attributes().get(this.name)).map(this.type::cast);
	}

	/**
	 * What the session must have.
	 * @param session the session
	 * @return the value
	 * @throws IllegalStateException if there is none
	 * @throws ClassCastException if something of another type has been set under the name
	 */
	public T get(WsSession session) {
		return find(session)
			.orElseThrow(() -> new IllegalStateException("the session has no attribute '" + this.name + "'"));
	}

	/**
	 * Sets it.
	 * @param session the session
	 * @param value the value
	 */
	public void set(WsSession session, T value) {
		session.attributes().put(this.name, this.type.cast(value));
	}

	/**
	 * Takes it away.
	 * @param session the session
	 * @return what the session had, or nothing
	 */
	public Optional<T> remove(WsSession session) {
		return Optional.ofNullable(session.attributes().remove(this.name)).map(this.type::cast);
	}

}
