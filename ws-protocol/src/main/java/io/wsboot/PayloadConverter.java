package io.wsboot;

import java.lang.reflect.Type;

/**
 * Converts objects of the application to messages, for {@link WsSession#convertAndSend},
 * {@link WsSessions#convertAndBroadcast} and their like. The thread that sends calls the
 * converter, so several threads may call a converter at the same time.
 */
@FunctionalInterface
public interface PayloadConverter {

	/**
	 * Converts an object.
	 * @param payload the object
	 * @return the message
	 * @throws IllegalArgumentException if the converter cannot convert the object
	 */
	Message toMessage(Object payload);

	/**
	 * Converts an object with its declared type. {@link WsSession} and {@link WsSessions}
	 * know no declared type, as generics are erased at run time: the converter sees an
	 * {@code ArrayList} where the application has a {@code List<Payment>}. Where the
	 * declared type makes a difference, as for JSON with type ids, an application calls
	 * this method and sends the message. The default implementation ignores the type.
	 * @param payload the object
	 * @param type the declared type, possibly generic
	 * @return the message
	 * @throws IllegalArgumentException if the converter cannot convert the object
	 */
	default Message toMessage(Object payload, Type type) {
		return toMessage(payload);
	}

}
