package io.wsboot;

/**
 * What the sessions of one endpoint may cost, where that is not what the server says.
 * Sizes are bytes; 0 = as the server says.
 *
 * @param maxMessageSize payload of an incoming message, inflated; more close with 1009
 * @param maxFrameSize payload of an incoming frame, at most {@code maxMessageSize}; more
 * close with 1009. If only {@code maxMessageSize} is set, a frame may be as big
 * @param maxFragments frames of an incoming message; more close with 1008
 * @param maxPendingMessages messages that may wait for a slow handler; then the session
 * is not read until half of them are done
 * @param maxMessagesPerSecond incoming messages a second, with bursts of one second's
 * worth; more close with 1008
 * @param maxQueued bytes that may wait for a slow reader. Below the server's high-water
 * mark it is the high-water mark too
 */
public record EndpointLimits(int maxMessageSize, int maxFrameSize, int maxFragments, int maxPendingMessages,
		int maxMessagesPerSecond, int maxQueued) {

	/** All as the server says. */
	public static final EndpointLimits OF_SERVER = new EndpointLimits(0, 0, 0, 0, 0, 0);

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
	 * With another bound for messages.
	 * @param bytes payload of an incoming message, inflated; 0 = as the server says
	 * @return the limits
	 */
	public EndpointLimits withMaxMessageSize(int bytes) {
		return new EndpointLimits(bytes, this.maxFrameSize, this.maxFragments, this.maxPendingMessages,
				this.maxMessagesPerSecond, this.maxQueued);
	}

	/**
	 * With another bound for frames.
	 * @param bytes payload of an incoming frame; 0 = as the server says
	 * @return the limits
	 */
	public EndpointLimits withMaxFrameSize(int bytes) {
		return new EndpointLimits(this.maxMessageSize, bytes, this.maxFragments, this.maxPendingMessages,
				this.maxMessagesPerSecond, this.maxQueued);
	}

	/**
	 * With another bound for the number of frames.
	 * @param frames of an incoming message; 0 = as the server says
	 * @return the limits
	 */
	public EndpointLimits withMaxFragments(int frames) {
		return new EndpointLimits(this.maxMessageSize, this.maxFrameSize, frames, this.maxPendingMessages,
				this.maxMessagesPerSecond, this.maxQueued);
	}

	/**
	 * With another bound for what waits for the handler.
	 * @param messages that may wait; 0 = as the server says
	 * @return the limits
	 */
	public EndpointLimits withMaxPendingMessages(int messages) {
		return new EndpointLimits(this.maxMessageSize, this.maxFrameSize, this.maxFragments, messages,
				this.maxMessagesPerSecond, this.maxQueued);
	}

	/**
	 * With another bound for the rate.
	 * @param messages a second; 0 = as the server says
	 * @return the limits
	 */
	public EndpointLimits withMaxMessagesPerSecond(int messages) {
		return new EndpointLimits(this.maxMessageSize, this.maxFrameSize, this.maxFragments, this.maxPendingMessages,
				messages, this.maxQueued);
	}

	/**
	 * With another bound for what waits for the peer.
	 * @param bytes that may wait; 0 = as the server says
	 * @return the limits
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
