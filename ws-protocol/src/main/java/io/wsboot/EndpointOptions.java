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
 * @param limits what its sessions may cost
 */
public record EndpointOptions(Execution execution, List<String> subprotocols, MessageDelivery text,
		MessageDelivery binary, EndpointLimits limits) {

	/** As the server says, without subprotocol, messages whole. */
	public static final EndpointOptions DEFAULTS = new EndpointOptions(Execution.AUTO, List.of(), MessageDelivery.WHOLE,
			MessageDelivery.WHOLE, EndpointLimits.OF_SERVER);

	public EndpointOptions {
		subprotocols = List.copyOf(subprotocols);
	}

	/**
	 * With another execution.
	 * @param execution where the callbacks run
	 * @return the options
	 */
	public EndpointOptions withExecution(Execution execution) {
		return new EndpointOptions(execution, this.subprotocols, this.text, this.binary, this.limits);
	}

	/**
	 * With other subprotocols.
	 * @param names the subprotocols, best first
	 * @return the options
	 */
	public EndpointOptions withSubprotocols(String... names) {
		return new EndpointOptions(this.execution, List.of(names), this.text, this.binary, this.limits);
	}

	/**
	 * With another delivery of text messages.
	 * @param delivery how they come, and how big they may be
	 * @return the options
	 */
	public EndpointOptions withText(MessageDelivery delivery) {
		return new EndpointOptions(this.execution, this.subprotocols, delivery, this.binary, this.limits);
	}

	/**
	 * With another delivery of binary messages.
	 * @param delivery how they come, and how big they may be
	 * @return the options
	 */
	public EndpointOptions withBinary(MessageDelivery delivery) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, delivery, this.limits);
	}

	/**
	 * With other limits.
	 * @param limits what a session may cost
	 * @return the options
	 */
	public EndpointOptions withLimits(EndpointLimits limits) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, this.binary, limits);
	}

}
