package io.wsboot.server.config;

import static io.wsboot.server.config.InvalidOptionException.require;

/**
 * Limits of incoming messages: of each session, and of all sessions together. None may be
 * negative. A value out of its range makes a constructor throw an
 * {@link InvalidOptionException}.
 *
 * @param maxPendingMessages messages of a session that may wait for a slow handler, 1 or
 * more; at the limit the session is not read until half of them have been handled
 * @param maxPendingBytes payload bytes of the messages that wait, 1 or more; a single
 * message may be bigger
 * @param maxMessagesPerSecond messages per second, with bursts of one second's worth;
 * more close the session with 1008; 0 = no limit
 * @param maxControlFramesPerSecond Pings and Pongs per second, with bursts of one
 * second's worth, 1 or more; more close the session with 1008
 * @param maxBytesPerSecond inflated payload bytes of messages per second, with bursts of
 * one second's worth; more close the session with 1008; 0 = no limit. A whole message
 * counts when it is complete, so no message can be bigger than the limit; the parts of a
 * streamed or partial message count as they arrive
 * @param maxTotalPending bytes of memory that all connections of the server together may
 * hold for data that has arrived and has not been handled: unfinished messages and
 * handshakes, messages that wait for a handler or are being handled, and bytes that other
 * servers hold for a {@link io.wsboot.server.spi.Wire}. Above the limit, connections that
 * hold such data are not read, and those that hold the most are closed with 1013. A
 * single message that needs more is never received. 0 = no limit
 */
public record InboundOptions(int maxPendingMessages, int maxPendingBytes, int maxMessagesPerSecond,
		int maxControlFramesPerSecond, long maxBytesPerSecond, long maxTotalPending) {

	/**
	 * 256 messages or 1 MiB pending; any number of messages and bytes, and 1000 control
	 * frames, per second; an eighth of the largest heap pending in all connections
	 * together.
	 */
	public static final InboundOptions DEFAULTS = new InboundOptions(256, 1024 * 1024, 0, 1000);

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
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
	 * Options with an eighth of the largest heap for all connections together.
	 * @param maxPendingMessages messages that may wait, 1 or more
	 * @param maxPendingBytes payload bytes of these messages, 1 or more
	 * @param maxMessagesPerSecond messages per second; 0 = no limit
	 * @param maxControlFramesPerSecond Pings and Pongs per second, 1 or more
	 * @param maxBytesPerSecond payload bytes per second; 0 = no limit
	 */
	public InboundOptions(int maxPendingMessages, int maxPendingBytes, int maxMessagesPerSecond,
			int maxControlFramesPerSecond, long maxBytesPerSecond) {
		this(maxPendingMessages, maxPendingBytes, maxMessagesPerSecond, maxControlFramesPerSecond, maxBytesPerSecond,
				Runtime.getRuntime().maxMemory() / 8);
	}

	/**
	 * Options with any number of bytes per second, and an eighth of the largest heap for
	 * all connections together.
	 * @param maxPendingMessages messages that may wait, 1 or more
	 * @param maxPendingBytes payload bytes of these messages, 1 or more
	 * @param maxMessagesPerSecond messages per second; 0 = no limit
	 * @param maxControlFramesPerSecond Pings and Pongs per second, 1 or more
	 */
	public InboundOptions(int maxPendingMessages, int maxPendingBytes, int maxMessagesPerSecond,
			int maxControlFramesPerSecond) {
		this(maxPendingMessages, maxPendingBytes, maxMessagesPerSecond, maxControlFramesPerSecond, 0);
	}

	/**
	 * Returns these options with another limit of messages that wait.
	 * @param maxPendingMessages messages that may wait for a slow handler, 1 or more
	 * @return the options
	 * @throws InvalidOptionException if the limit is out of its range
	 */
	public InboundOptions withMaxPendingMessages(int maxPendingMessages) {
		return new InboundOptions(maxPendingMessages, this.maxPendingBytes, this.maxMessagesPerSecond,
				this.maxControlFramesPerSecond, this.maxBytesPerSecond, this.maxTotalPending);
	}

	/**
	 * Returns these options with another limit of messages per second.
	 * @param maxMessagesPerSecond messages per second; 0 = no limit
	 * @return the options
	 * @throws InvalidOptionException if the limit is negative
	 */
	public InboundOptions withMaxMessagesPerSecond(int maxMessagesPerSecond) {
		return new InboundOptions(this.maxPendingMessages, this.maxPendingBytes, maxMessagesPerSecond,
				this.maxControlFramesPerSecond, this.maxBytesPerSecond, this.maxTotalPending);
	}

}
