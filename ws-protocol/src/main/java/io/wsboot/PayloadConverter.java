package io.wsboot;

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

}
