package io.wsboot;

/**
 * How the messages of one type are delivered to a handler, and how big they may be. The
 * server never holds a whole message that is delivered in parts or as a stream: such a
 * message may be far bigger than memory, and may arrive in frames of any size and in any
 * number of non-empty frames.
 *
 * @param form whether the handler gets whole messages, parts or streams
 * @param maxMessageSize payload bytes, after decompression, of a message that is
 * delivered {@linkplain #inParts in parts} or {@linkplain #asStream as a stream}. A
 * bigger message closes the session with 1009. 0 = the limit of the endpoint
 * ({@link EndpointLimits}) or of the server
 * @param execution where the handler is called with messages of this type;
 * {@link Execution#AUTO} = where the endpoint's other callbacks run.
 * {@link Execution#EVENT_LOOP} is a promise that the callback never blocks. While another
 * callback of the session runs or waits on a worker, messages go to a worker all the
 * same, to keep their order
 */
public record MessageDelivery(Form form, long maxMessageSize, Execution execution) {

	/** Each message is delivered whole, when its last byte has arrived. */
	public static final MessageDelivery WHOLE = new MessageDelivery(Form.WHOLE, 0, Execution.AUTO);

	/** What the handler is called with. */
	public enum Form {

		/**
		 * The message: {@link WsHandler#onText onText}, {@link WsHandler#onBinary
		 * onBinary}.
		 */
		WHOLE,

		/**
		 * Each part of the message as it arrives: {@link WsHandler#onTextPart
		 * onTextPart}, {@link WsHandler#onBinaryPart onBinaryPart}.
		 */
		PARTS,

		/**
		 * A stream from which the handler reads the message while the message arrives:
		 * {@link WsHandler#onTextStream onTextStream}, {@link WsHandler#onBinaryStream
		 * onBinaryStream}.
		 */
		STREAM

	}

	/**
	 * Creates a delivery.
	 * @throws IllegalArgumentException if the size is negative, or if a size is given for
	 * whole messages, whose size the endpoint's limits decide
	 */
	public MessageDelivery {
		if (maxMessageSize < 0) {
			throw new IllegalArgumentException("a message of at most " + maxMessageSize + " bytes");
		}
		if (form == Form.WHOLE && maxMessageSize != 0) {
			throw new IllegalArgumentException("how big a whole message may be is up to the endpoint's limits");
		}
	}

	/**
	 * Returns a delivery in parts: the handler is called with each part of a message as
	 * the part arrives. Parts can be handled by workers and by event loops.
	 * @param maxMessageSize payload bytes of one message, after decompression; 0 = the
	 * limit of the endpoint or of the server
	 * @return the delivery
	 * @throws IllegalArgumentException if the size is negative
	 */
	public static MessageDelivery inParts(long maxMessageSize) {
		return new MessageDelivery(Form.PARTS, maxMessageSize, Execution.AUTO);
	}

	/**
	 * Returns a delivery as a stream: the handler is called once for each message, when
	 * the message begins, and reads the message as the message arrives. The handler
	 * blocks while it waits for the peer, so a stream needs {@link Execution#WORKER} and
	 * occupies a worker thread, best a virtual one, until the message ends.
	 * @param maxMessageSize payload bytes of one message, after decompression; 0 = the
	 * limit of the endpoint or of the server
	 * @return the delivery
	 * @throws IllegalArgumentException if the size is negative
	 */
	public static MessageDelivery asStream(long maxMessageSize) {
		return new MessageDelivery(Form.STREAM, maxMessageSize, Execution.AUTO);
	}

	/**
	 * Returns a delivery with another execution.
	 * @param execution where the handler is called with messages of this type
	 * @return the new delivery
	 */
	public MessageDelivery withExecution(Execution execution) {
		return new MessageDelivery(this.form, this.maxMessageSize, execution);
	}

	/**
	 * Tells whether messages are delivered before they are complete: in parts or as a
	 * stream.
	 * @return false for whole messages
	 */
	public boolean isPiecewise() {
		return this.form != Form.WHOLE;
	}

}
