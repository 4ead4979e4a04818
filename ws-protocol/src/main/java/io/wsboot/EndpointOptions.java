package io.wsboot;

import java.util.List;

/**
 * Options of one endpoint.
 *
 * @param execution where the handler's callbacks run
 * @param subprotocols the subprotocols that the endpoint speaks, most preferred first
 * (RFC 6455 §1.9); empty if the endpoint speaks none
 * @param text how text messages are delivered to the handler
 * @param binary how binary messages are delivered to the handler
 * @param limits the limits for each session
 * @param concurrency how many whole messages of one session the handler may process at
 * the same time. With 1, callbacks of one session never overlap
 * @param handshakeExecution where {@link WsHandler#onHandshake} runs
 */
public record EndpointOptions(Execution execution, List<String> subprotocols, MessageDelivery text,
		MessageDelivery binary, EndpointLimits limits, int concurrency, Execution handshakeExecution) {

	/**
	 * The server's execution and limits, no subprotocols, whole messages, one message at
	 * a time.
	 */
	public static final EndpointOptions DEFAULTS = new EndpointOptions(Execution.AUTO, List.of(), MessageDelivery.WHOLE,
			MessageDelivery.WHOLE, EndpointLimits.OF_SERVER, 1, Execution.AUTO);

	/**
	 * Creates options.
	 * @throws IllegalArgumentException if {@code concurrency} is below 1, or above 1
	 * while messages are delivered in parts or as a stream
	 */
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
	 * Returns options with another execution.
	 * @param execution where the handler's callbacks run
	 * @return the new options
	 */
	public EndpointOptions withExecution(Execution execution) {
		return new EndpointOptions(execution, this.subprotocols, this.text, this.binary, this.limits, this.concurrency,
				this.handshakeExecution);
	}

	/**
	 * Returns options with other subprotocols.
	 * @param names the subprotocols, most preferred first
	 * @return the new options
	 */
	public EndpointOptions withSubprotocols(String... names) {
		return new EndpointOptions(this.execution, List.of(names), this.text, this.binary, this.limits,
				this.concurrency, this.handshakeExecution);
	}

	/**
	 * Returns options with another delivery of text messages.
	 * @param delivery how text messages are delivered, and how big they may be
	 * @return the new options
	 * @throws IllegalArgumentException if text messages are to be delivered in parts or
	 * as a stream while {@code concurrency} is above 1
	 */
	public EndpointOptions withText(MessageDelivery delivery) {
		return new EndpointOptions(this.execution, this.subprotocols, delivery, this.binary, this.limits,
				this.concurrency, this.handshakeExecution);
	}

	/**
	 * Returns options with another delivery of binary messages.
	 * @param delivery how binary messages are delivered, and how big they may be
	 * @return the new options
	 * @throws IllegalArgumentException if binary messages are to be delivered in parts or
	 * as a stream while {@code concurrency} is above 1
	 */
	public EndpointOptions withBinary(MessageDelivery delivery) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, delivery, this.limits,
				this.concurrency, this.handshakeExecution);
	}

	/**
	 * Returns options with other limits.
	 * @param limits the limits for each session
	 * @return the new options
	 */
	public EndpointOptions withLimits(EndpointLimits limits) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, this.binary, limits, this.concurrency,
				this.handshakeExecution);
	}

	/**
	 * Returns options with another concurrency. A concurrency above 1 needs
	 * {@link Execution#WORKER} and whole messages. The server passes the messages of a
	 * session to the handler in wire order, each on a worker of its own; the order in
	 * which the callbacks return, and so the order of the replies, is open.
	 * {@code onOpen} returns before the first message is passed, and {@code onClose} is
	 * called when all callbacks have returned; other callbacks may run at the same time
	 * as messages. Messages beyond the concurrency wait, up to
	 * {@code inbound.max-pending-messages}.
	 * @param messages how many messages of one session the handler may process at the
	 * same time, 1 or more
	 * @return the new options
	 * @throws IllegalArgumentException if {@code messages} is below 1, or above 1 while
	 * messages are delivered in parts or as a stream
	 */
	public EndpointOptions withConcurrency(int messages) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, this.binary, this.limits, messages,
				this.handshakeExecution);
	}

	/**
	 * Returns options with another execution for {@link WsHandler#onHandshake}.
	 * {@link Execution#AUTO}, the default, runs the method on the event loop if the
	 * endpoint's callbacks run there or if the handler does not override the method, and
	 * else on a worker. {@link Execution#EVENT_LOOP} is a promise that the method never
	 * blocks: handshakes then need no worker, however busy the workers are, unless an
	 * interceptor needs one. A client whose handshake gets no worker in time is answered
	 * with 503.
	 * @param execution where {@link WsHandler#onHandshake} runs
	 * @return the new options
	 */
	public EndpointOptions withHandshakeExecution(Execution execution) {
		return new EndpointOptions(this.execution, this.subprotocols, this.text, this.binary, this.limits,
				this.concurrency, execution);
	}

}
