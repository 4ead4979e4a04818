package io.wsboot.server;

import static io.wsboot.server.InvalidOptionException.require;

/**
 * How much a session may bring in.
 *
 * @param maxPendingMessages messages that may wait for a slow handler, 1 or more; then
 * the session is not read until half of them are done
 * @param maxMessagesPerSecond messages per second, averaged over two seconds; 0 = no
 * limit. More close with 1008
 */
public record InboundOptions(int maxPendingMessages, int maxMessagesPerSecond, int maxControlFramesPerSecond) {

	/** 256 pending messages, any number of messages and 1000 control frames a second. */
	public static final InboundOptions DEFAULTS = new InboundOptions(256, 0, 1000);

	public InboundOptions {
		require(maxPendingMessages > 0, "inbound.max-pending-messages", maxPendingMessages, "must be at least 1");
		require(maxMessagesPerSecond >= 0, "inbound.max-messages-per-second", maxMessagesPerSecond,
				"must not be negative (0 = no limit)");
		require(maxControlFramesPerSecond > 0, "inbound.max-control-frames-per-second", maxControlFramesPerSecond,
				"must be at least 1");
	}

}
