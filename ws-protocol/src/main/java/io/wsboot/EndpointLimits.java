package io.wsboot;

/**
 * Limits for the sessions of one endpoint. A limit of 0 leaves the server's limit in
 * force.
 *
 * @param maxMessageSize payload bytes of one incoming message, after decompression. A
 * bigger message closes the session with 1009
 * @param maxFrameSize payload bytes of one incoming frame, at most
 * {@code maxMessageSize}. A bigger frame closes the session with 1009. If only
 * {@code maxMessageSize} is set, a frame may have as many bytes as a message
 * @param maxFragments frames of one incoming message. A further frame closes the session
 * with 1008
 * @param maxPendingMessages messages that may wait for the handler. When more wait, the
 * server stops reading from the session until half of them are done
 * @param maxMessagesPerSecond incoming messages a second, with bursts of one second's
 * worth. A higher rate closes the session with 1008
 * @param maxQueued bytes that may wait in the session's outbound queue. A value below the
 * server's high-water mark lowers the high-water mark too
 */
public record EndpointLimits(int maxMessageSize, int maxFrameSize, int maxFragments, int maxPendingMessages,
		int maxMessagesPerSecond, int maxQueued) {

	/** All limits are the server's. */
	public static final EndpointLimits OF_SERVER = new EndpointLimits(0, 0, 0, 0, 0, 0);

	/**
	 * Creates limits.
	 * @throws IllegalArgumentException if a limit is negative, or if a frame may be
	 * bigger than a message
	 */
	public EndpointLimits {
		requireNotNegative("a message", maxMessageSize, "bytes");
		requireNotNegative("a frame", maxFrameSize, "bytes");
		requireNotNegative("a message", maxFragments, "frames");
		requireNotNegative("a backlog", maxPendingMessages, "messages");
		requireNotNegative("a rate", maxMessagesPerSecond, "messages a second");
		requireNotNegative("a queue", maxQueued, "bytes");
		if (maxMessageSize > 0 && maxFrameSize > maxMessageSize) {
			throw new IllegalArgumentException(
					"a frame of at most " + maxFrameSize + " bytes in a message of at most " + maxMessageSize);
		}
	}

	/**
	 * Returns limits with another message size.
	 * @param bytes payload bytes of one incoming message, after decompression; 0 = the
	 * server's limit
	 * @return the new limits
	 * @throws IllegalArgumentException if the limit is negative, or below the limit for
	 * frames
	 */
	public EndpointLimits withMaxMessageSize(int bytes) {
		return new EndpointLimits(bytes, this.maxFrameSize, this.maxFragments, this.maxPendingMessages,
				this.maxMessagesPerSecond, this.maxQueued);
	}

	/**
	 * Returns limits with another frame size.
	 * @param bytes payload bytes of one incoming frame; 0 = the server's limit
	 * @return the new limits
	 * @throws IllegalArgumentException if the limit is negative, or above the limit for
	 * messages
	 */
	public EndpointLimits withMaxFrameSize(int bytes) {
		return new EndpointLimits(this.maxMessageSize, bytes, this.maxFragments, this.maxPendingMessages,
				this.maxMessagesPerSecond, this.maxQueued);
	}

	/**
	 * Returns limits with another number of frames for a message.
	 * @param frames frames of one incoming message; 0 = the server's limit
	 * @return the new limits
	 * @throws IllegalArgumentException if the limit is negative
	 */
	public EndpointLimits withMaxFragments(int frames) {
		return new EndpointLimits(this.maxMessageSize, this.maxFrameSize, frames, this.maxPendingMessages,
				this.maxMessagesPerSecond, this.maxQueued);
	}

	/**
	 * Returns limits with another number of pending messages.
	 * @param messages messages that may wait for the handler; 0 = the server's limit
	 * @return the new limits
	 * @throws IllegalArgumentException if the limit is negative
	 */
	public EndpointLimits withMaxPendingMessages(int messages) {
		return new EndpointLimits(this.maxMessageSize, this.maxFrameSize, this.maxFragments, messages,
				this.maxMessagesPerSecond, this.maxQueued);
	}

	/**
	 * Returns limits with another message rate.
	 * @param messages incoming messages a second; 0 = the server's limit
	 * @return the new limits
	 * @throws IllegalArgumentException if the limit is negative
	 */
	public EndpointLimits withMaxMessagesPerSecond(int messages) {
		return new EndpointLimits(this.maxMessageSize, this.maxFrameSize, this.maxFragments, this.maxPendingMessages,
				messages, this.maxQueued);
	}

	/**
	 * Returns limits with another size of the outbound queue.
	 * @param bytes bytes that may wait in the outbound queue; 0 = the server's limit
	 * @return the new limits
	 * @throws IllegalArgumentException if the limit is negative
	 */
	public EndpointLimits withMaxQueued(int bytes) {
		return new EndpointLimits(this.maxMessageSize, this.maxFrameSize, this.maxFragments, this.maxPendingMessages,
				this.maxMessagesPerSecond, bytes);
	}

	private static void requireNotNegative(String what, int most, String unit) {
		if (most < 0) {
			throw new IllegalArgumentException(what + " of at most " + most + " " + unit);
		}
	}

}
