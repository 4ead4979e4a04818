package io.wsboot;

import java.lang.reflect.Type;

/**
 * Turns objects of the application into messages, for {@link WsSession#convertAndSend}
 * and {@link WsSessions#convertAndBroadcast}. Called by whichever thread sends.
 */
@FunctionalInterface
public interface PayloadConverter {

	/**
	 * Converts one object.
	 * @param payload the object
	 * @return the message
	 * @throws IllegalArgumentException if there is no way to write such an object
	 */
	Message toMessage(Object payload);

	/**
	 * Converts one object that is declared as a type. What {@link WsSession} and
	 * {@link WsSessions} are given has no declared type, as generics are erased at run
	 * time: of a {@code List<Payment>} the converter sees an {@code ArrayList}. Where
	 * that makes a difference, as it does for JSON with type ids, convert here and send
	 * the message.
	 * @param payload the object
	 * @param type the declared type, possibly generic; a converter to which types make no
	 * difference ignores it, as this default method does
	 * @return the message
	 * @throws IllegalArgumentException if there is no way to write such an object
	 */
	default Message toMessage(Object payload, Type type) {
		return toMessage(payload);
	}

}
