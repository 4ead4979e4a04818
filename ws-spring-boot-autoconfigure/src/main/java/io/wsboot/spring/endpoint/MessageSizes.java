package io.wsboot.spring.endpoint;

import io.wsboot.Execution;
import io.wsboot.MessageDelivery;
import io.wsboot.MessageDelivery.Form;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;

import org.springframework.core.env.PropertyResolver;
import org.springframework.util.unit.DataSize;

/**
 * Reads {@code maxMessageSize} of {@code @OnMessage}, which only methods that take
 * messages in parts or as a stream may set.
 *
 * @param placeholders resolves placeholders
 */
record MessageSizes(PropertyResolver placeholders) {

	/**
	 * Tells how messages are delivered to a method.
	 * @param method the method
	 * @return the form, the biggest message in bytes, and the execution
	 * @throws InvalidEndpointException if the size is no size, or the method takes
	 * messages whole
	 */
	MessageDelivery deliveryTo(MessageMethod method) {
		String size = method.annotation().maxMessageSize();
		Execution execution = method.annotation().execution();
		if (size.isEmpty()) {
			return new MessageDelivery(method.form(), 0, execution);
		}
		if (method.form() == Form.WHOLE) {
			throw InvalidEndpointException.of(method.method(), "has a maxMessageSize, but takes messages whole",
					"Write @WsEndpoint(maxMessageSize = …), or take the message as InputStream or Reader, or its parts with a boolean parameter that tells the last one.");
		}
		return new MessageDelivery(method.form(), bytes(method, size), execution);
	}

	private long bytes(MessageMethod method, String size) {
		try {
			long bytes = DataSize.parse(this.placeholders.resolveRequiredPlaceholders(size)).toBytes();
			if (bytes > 0) {
				return bytes;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// see below
		}
		throw InvalidEndpointException.of(method.method(), "has the maxMessageSize '" + size + "', which is no size",
				"Write a size such as 64MB, or a placeholder with such a value.");
	}

}
