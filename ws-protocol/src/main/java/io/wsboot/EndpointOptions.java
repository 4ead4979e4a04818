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
 * @param concurrency how many whole messages of a session may be with the handler at the
 * same time; 1 = callbacks of a session never overlap
 * @param handshakeExecution where its handshakes are judged
 */
public record EndpointOptions(Execution execution, List<String> subprotocols, MessageDelivery text,
		MessageDelivery binary, EndpointLimits limits, int concurrency, Execution handshakeExecution) {

	/** As the server says, without subprotocol, messages whole. */
	public static final EndpointOptions DEFAULTS = new EndpointOptions(Execution.AUTO, List.of(), MessageDelivery.WHOLE,
			MessageDelivery.WHOLE, EndpointLimits.OF_SERVER, 1, Execution.AUTO);

	public EndpointOptions {
		subprotocols = List.copyOf(subprotocols);
		if (concurrency < 1) {
			throw new IllegalArgumentException(concurrency + " messages at the same time");
		}
		if (concurrency > 1 && (text.isPiecewise() || binary.isPiecewise())) {
			throw new IllegalArgumentException(
					"messages that come in parts or as a stream cannot be handled at the same time");
		}
	}

	/**
	 * With another execution.
	 * @param execution where the callbacks run
	 * @return the options
	 */
	public EndpointOptions withExecution(Execution execution) {
		return new EndpointOptions(execution, this.subprotocols, this.text, this.binary, this.limits, this.concurrency,
				this.handshakeExecution);
	}

	/**
	 * With other subprotocols.
	 * @param names the subprotocols, best first
	 * @return the options
	 */
	public EndpointOptions withSubprotocols(String... names) {
		return new EndpointOptions(this.execution, List.of(names), this.text, this.binary, this.limits,
				this.concurrency, this.handshakeExecution);
	}

	/**
	 * With another delivery of text messages.
	 * @param delivery how they come, and how big they may be
	 * @return the options
	 */
	public EndpointOptions withText(MessageDelivery delivery) {
		return new EndpointOptions(this.execution, this.subprotocols, delivery, this.binary, this.limits,
				this.concurrency, this.handshakeExecution);
	}

	/**
	 * With another delivery of binary messages.
	 * @param delivery how they come, and how big they may be
	 * @return the options
	 */
	public EndpointOptions withBinary(MessageDelivery delivery) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, delivery, this.limits,
				this.concurrency, this.handshakeExecution);
	}

	/**
	 * With other limits.
	 * @param limits what a session may cost
	 * @return the options
	 */
	public EndpointOptions withLimits(EndpointLimits limits) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, this.binary, limits, this.concurrency,
				this.handshakeExecution);
	}

	/**
	 * With another number of messages at the same time. More than one needs
	 * {@link Execution#WORKER}. They begin in wire order, each on a worker of its own;
	 * which ends first is open, and so is the order of the replies. {@code onOpen} comes
	 * before all of them and {@code onClose} when all have ended; other callbacks may run
	 * beside them. When so many are with the handler, further ones wait as
	 * {@code inbound.max-pending-messages} says.
	 * @param messages of one session, 1 or more
	 * @return the options
	 */
	public EndpointOptions withConcurrency(int messages) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, this.binary, this.limits, messages,
				this.handshakeExecution);
	}

	/**
	 * With another place for {@link WsHandler#onHandshake}. {@link Execution#AUTO}, the
	 * default, is the event loop if the endpoint's callbacks run there, or if the handler
	 * leaves the method as it is; else a worker. {@link Execution#EVENT_LOOP} is a
	 * promise that the method never blocks: handshakes then need no worker, however busy
	 * those are, unless an interceptor does. If no worker comes in time, the client gets
	 * 503.
	 * @param execution where handshakes are judged
	 * @return the options
	 */
	public EndpointOptions withHandshakeExecution(Execution execution) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, this.binary, this.limits,
				this.concurrency, execution);
	}

}
