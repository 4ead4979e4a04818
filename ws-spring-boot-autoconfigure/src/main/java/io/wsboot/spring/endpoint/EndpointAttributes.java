package io.wsboot.spring.endpoint;

import java.util.function.ToLongFunction;

import io.wsboot.EndpointLimits;
import io.wsboot.EndpointOptions;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;

import org.springframework.core.env.PropertyResolver;
import org.springframework.util.unit.DataSize;

/**
 * Reads the attributes of {@link WsEndpoint}.
 *
 * @param type the endpoint's class, which messages of errors name
 * @param placeholders resolves placeholders
 */
record EndpointAttributes(Class<?> type, PropertyResolver placeholders) {

	/**
	 * Reads the options that any annotated bean may set.
	 * @param annotation the annotation
	 * @return the options
	 * @throws InvalidEndpointException if an attribute is out of its range
	 */
	EndpointOptions options(WsEndpoint annotation) {
		if (annotation.concurrency() < 1) {
			throw InvalidEndpointException.of(this.type, "has the concurrency " + annotation.concurrency(),
					"Write 1 for one message after the other, or more.");
		}
		return EndpointOptions.DEFAULTS.withExecution(annotation.execution())
			.withSubprotocols(annotation.subprotocols())
			.withLimits(limits(annotation))
			.withConcurrency(annotation.concurrency());
	}

	private EndpointLimits limits(WsEndpoint annotation) {
		try {
			return new EndpointLimits(size("maxMessageSize", annotation.maxMessageSize()),
					size("maxFrameSize", annotation.maxFrameSize()), number("maxFragments", annotation.maxFragments()),
					number("maxPendingMessages", annotation.maxPendingMessages()),
					number("maxMessagesPerSecond", annotation.maxMessagesPerSecond()),
					size("maxQueued", annotation.maxQueued()));
		}
		catch (IllegalArgumentException ex) {
			throw InvalidEndpointException.of(this.type, "has " + ex.getMessage(),
					"Raise maxMessageSize, or lower maxFrameSize; without it a frame may be as big as a message.");
		}
	}

	private int size(String attribute, String value) {
		return read(attribute, value, (text) -> DataSize.parse(text).toBytes(), "size", "Write a size such as 64MB");
	}

	private int number(String attribute, String value) {
		return read(attribute, value, Long::parseLong, "number", "Write a number such as 256");
	}

	private int read(String attribute, String value, ToLongFunction<String> parser, String kind, String advice) {
		if (value.isEmpty()) {
			return 0;
		}
		long number = 0;
		try {
			number = parser.applyAsLong(this.placeholders.resolveRequiredPlaceholders(value).trim());
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// see below
		}
		if (number <= 0 || number > Integer.MAX_VALUE) {
			throw InvalidEndpointException.of(this.type,
					"has the " + attribute + " '" + value + "', which is no " + kind + " from 1 to "
							+ Integer.MAX_VALUE,
					advice + ", or a placeholder with such a value; leave it out for what ws.server.* says.");
		}
		return (int) number;
	}

}
