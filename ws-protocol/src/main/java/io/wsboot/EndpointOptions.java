package io.wsboot;

import java.util.List;

/**
 * What one endpoint does its own way.
 *
 * @param execution where its callbacks run
 * @param subprotocols the subprotocols that it speaks, best first (RFC 6455 §1.9); none
 * if empty
 * @param text how its text messages are delivered
 * @param binary how its binary messages are delivered
 */
public record EndpointOptions(Execution execution, List<String> subprotocols, MessageDelivery text,
		MessageDelivery binary) {

	/** As the server says, without subprotocol, messages whole. */
	public static final EndpointOptions DEFAULTS = new EndpointOptions(Execution.AUTO, List.of(), MessageDelivery.WHOLE,
			MessageDelivery.WHOLE);

	public EndpointOptions {
		subprotocols = List.copyOf(subprotocols);
	}

	/**
	 * With another execution.
	 * @param execution where the callbacks run
	 * @return the options
	 */
	public EndpointOptions withExecution(Execution execution) {
		return new EndpointOptions(execution, this.subprotocols, this.text, this.binary);
	}

	/**
	 * With other subprotocols.
	 * @param names the subprotocols, best first
	 * @return the options
	 */
	public EndpointOptions withSubprotocols(String... names) {
		return new EndpointOptions(this.execution, List.of(names), this.text, this.binary);
	}

	/**
	 * With another delivery of text messages.
	 * @param delivery how they come, and how big they may be
	 * @return the options
	 */
	public EndpointOptions withText(MessageDelivery delivery) {
		return new EndpointOptions(this.execution, this.subprotocols, delivery, this.binary);
	}

	/**
	 * With another delivery of binary messages.
	 * @param delivery how they come, and how big they may be
	 * @return the options
	 */
	public EndpointOptions withBinary(MessageDelivery delivery) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, delivery);
	}

}
