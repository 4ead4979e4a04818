package io.wsboot.server;

import static io.wsboot.server.InvalidOptionException.require;

/**
 * How much a session may bring in.
 *
 * @param maxPendingMessages messages that may wait for a slow handler, 1 or more; then
 * the session is not read until half of them are done
 * @param maxPendingBytes their payload in bytes, 1 or more; a single message may be
 * bigger
 * @param maxMessagesPerSecond messages a second, with bursts of one second's worth; 0 =
 * no limit. More close with 1008
 * @param maxControlFramesPerSecond the same for Pings and Pongs; 1 or more
 * @param maxBytesPerSecond payload bytes of messages a second, inflated, with bursts of
 * one second's worth; 0 = no limit. More close with 1008. A message that is taken whole
 * counts when it is complete, so it cannot be bigger than this; parts count as they come
 * @param maxTotalPending bytes of memory that all the server's connections together may
 * hold for what has arrived and has not been handled: unfinished messages and handshakes,
 * and messages that wait for a handler or are with one. Above it connections that hold
 * something are not read, and those that hold the most are closed with 1013. A single
 * message that needs more never comes through. 0 = no limit
 */
public record InboundOptions(int maxPendingMessages, int maxPendingBytes, int maxMessagesPerSecond,
		int maxControlFramesPerSecond, long maxBytesPerSecond, long maxTotalPending) {

	/**
	 * 256 messages or 1 MiB pending, any number of messages and 1000 control frames a
	 * second, an eighth of the largest heap pending for all connections together.
	 */
	public static final InboundOptions DEFAULTS = new InboundOptions(256, 1024 * 1024, 0, 1000);

	public InboundOptions {
		require(maxPendingMessages > 0, "inbound.max-pending-messages", maxPendingMessages, "must be at least 1");
		require(maxPendingBytes > 0, "inbound.max-pending-bytes", maxPendingBytes, "must be at least 1 byte");
		require(maxMessagesPerSecond >= 0, "inbound.max-messages-per-second", maxMessagesPerSecond,
				"must not be negative (0 = no limit)");
		require(maxControlFramesPerSecond > 0, "inbound.max-control-frames-per-second", maxControlFramesPerSecond,
				"must be at least 1");
		require(maxBytesPerSecond >= 0, "inbound.max-bytes-per-second", maxBytesPerSecond,
				"must not be negative (0 = no limit)");
		require(maxTotalPending >= 0, "inbound.max-total-pending", maxTotalPending,
				"must not be negative (0 = no limit)");
	}

	/**
	 * An eighth of the largest heap for all connections together.
	 * @param maxPendingMessages messages that may wait
	 * @param maxPendingBytes their payload
	 * @param maxMessagesPerSecond messages a second
	 * @param maxControlFramesPerSecond Pings and Pongs a second
	 * @param maxBytesPerSecond payload bytes a second
	 */
	public InboundOptions(int maxPendingMessages, int maxPendingBytes, int maxMessagesPerSecond,
			int maxControlFramesPerSecond, long maxBytesPerSecond) {
		this(maxPendingMessages, maxPendingBytes, maxMessagesPerSecond, maxControlFramesPerSecond, maxBytesPerSecond,
				Runtime.getRuntime().maxMemory() / 8);
	}

	/**
	 * Any number of bytes a second.
	 * @param maxPendingMessages messages that may wait
	 * @param maxPendingBytes their payload
	 * @param maxMessagesPerSecond messages a second
	 * @param maxControlFramesPerSecond Pings and Pongs a second
	 */
	public InboundOptions(int maxPendingMessages, int maxPendingBytes, int maxMessagesPerSecond,
			int maxControlFramesPerSecond) {
		this(maxPendingMessages, maxPendingBytes, maxMessagesPerSecond, maxControlFramesPerSecond, 0);
	}

	InboundOptions withMaxPendingMessages(int messages) {
		return new InboundOptions(messages, this.maxPendingBytes, this.maxMessagesPerSecond,
				this.maxControlFramesPerSecond, this.maxBytesPerSecond, this.maxTotalPending);
	}

	InboundOptions withMaxMessagesPerSecond(int messages) {
		return new InboundOptions(this.maxPendingMessages, this.maxPendingBytes, messages,
				this.maxControlFramesPerSecond, this.maxBytesPerSecond, this.maxTotalPending);
	}

}
