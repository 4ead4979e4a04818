package io.wsboot;

/**
 * How the messages of one type come to a handler, and how big they may be. One that is
 * not waited for to be whole is never held whole: it may be far bigger than memory, come
 * in frames of any size, and in any number of frames that are not empty.
 *
 * @param form what the handler is called with
 * @param maxMessageSize the most payload bytes of a message, inflated, that comes
 * {@linkplain #inParts in parts} or {@linkplain #asStream as a stream}; more close with
 * 1009. 0 = what {@link EndpointLimits} or the server say
 * @param execution where the handler is called with such messages; {@link Execution#AUTO}
 * = as the endpoint's other callbacks. {@link Execution#EVENT_LOOP} says that the
 * callback never blocks: it is called on a worker all the same while another callback of
 * the session runs or waits there, as order comes first
 */
public record MessageDelivery(Form form, long maxMessageSize, Execution execution) {

	/** Each message at once, when its last byte has arrived; what every handler can. */
	public static final MessageDelivery WHOLE = new MessageDelivery(Form.WHOLE, 0, Execution.AUTO);

	/** What a handler is called with. */
	public enum Form {

		/**
		 * The message: {@link WsHandler#onText onText}, {@link WsHandler#onBinary
		 * onBinary}.
		 */
		WHOLE,

		/**
		 * The next part of it: {@link WsHandler#onTextPart onTextPart},
		 * {@link WsHandler#onBinaryPart onBinaryPart}.
		 */
		PARTS,

		/**
		 * Something to read it from while it arrives: {@link WsHandler#onTextStream
		 * onTextStream}, {@link WsHandler#onBinaryStream onBinaryStream}.
		 */
		STREAM

	}

	public MessageDelivery {
		if (maxMessageSize < 0) {
			throw new IllegalArgumentException("a message of at most " + maxMessageSize + " bytes");
		}
		if (form == Form.WHOLE && maxMessageSize != 0) {
			throw new IllegalArgumentException("how big a whole message may be is up to the endpoint's limits");
		}
	}

	/**
	 * The handler is called with each part as it arrives, wherever its callbacks run.
	 * @param maxMessageSize the most payload bytes of a message, 1 or more; 0 = as the
	 * endpoint or the server say
	 * @return the delivery
	 */
	public static MessageDelivery inParts(long maxMessageSize) {
		return new MessageDelivery(Form.PARTS, maxMessageSize, Execution.AUTO);
	}

	/**
	 * The handler is called once for each message, when it begins, and reads it as it
	 * arrives. It waits for the peer then, so this needs {@link Execution#WORKER}, and
	 * holds a worker thread for as long as the peer takes: best a virtual one.
	 * @param maxMessageSize the most payload bytes of a message, 1 or more; 0 = as the
	 * endpoint or the server say
	 * @return the delivery
	 */
	public static MessageDelivery asStream(long maxMessageSize) {
		return new MessageDelivery(Form.STREAM, maxMessageSize, Execution.AUTO);
	}

	/**
	 * With another execution.
	 * @param execution where the handler is called
	 * @return the delivery
	 */
	public MessageDelivery withExecution(Execution execution) {
		return new MessageDelivery(this.form, this.maxMessageSize, execution);
	}

	/**
	 * Whether messages are handed on before they are complete.
	 * @return false for {@link #WHOLE}
	 */
	public boolean isPiecewise() {
		return this.form != Form.WHOLE;
	}

}
