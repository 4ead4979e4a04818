package io.wsboot.server.config;

import java.time.Duration;

import static io.wsboot.server.config.InvalidOptionException.require;
import static io.wsboot.server.config.InvalidOptionException.requireTime;

/**
 * Limits of outgoing messages that wait for slow clients: of each session, and of all
 * sessions together. A value out of its range makes a constructor throw an
 * {@link InvalidOptionException}.
 *
 * @param maxQueued bytes that may be queued per session, 1 or more. A single message may
 * be bigger if the queue is empty
 * @param highWaterMark queued bytes from which on senders are told that the session is
 * congested, 1 to {@code maxQueued}
 * @param overflow what happens to a message that does not fit into the queue
 * @param stallTimeout how long a client may take none of the bytes that are queued before
 * the connection is dropped; zero = for ever, at most 36,500 days
 * @param maxTotalQueued bytes that may be queued in all connections of the server
 * together, 0 or more; above the limit, the connections with the longest queues are
 * closed with 1013, whatever the overflow policy. A broadcast counts for each session in
 * whose queue it is. 0 = no limit
 */
public record OutboundOptions(int maxQueued, int highWaterMark, OverflowPolicy overflow, Duration stallTimeout,
		long maxTotalQueued) {

	/**
	 * 1 MiB, a high-water mark of 64 KiB, {@link OverflowPolicy#CLOSE}, 30 s, and a
	 * quarter of the largest heap for all connections together.
	 */
	public static final OutboundOptions DEFAULTS = new OutboundOptions(1024 * 1024, 64 * 1024, OverflowPolicy.CLOSE,
			Duration.ofSeconds(30));

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
	public OutboundOptions {
		require(maxQueued > 0, "outbound.max-queued", maxQueued, "must be at least 1 byte");
		require(highWaterMark > 0, "outbound.high-water-mark", highWaterMark, "must be at least 1 byte");
		require(highWaterMark <= maxQueued, "outbound.high-water-mark", highWaterMark,
				"must not be above outbound.max-queued, which is " + maxQueued);
		requireTime("outbound.stall-timeout", stallTimeout, "no timeout");
		require(maxTotalQueued >= 0, "outbound.max-total-queued", maxTotalQueued,
				"must not be negative (0 = no limit)");
	}

	/**
	 * Options with a quarter of the largest heap for all connections together.
	 * @param maxQueued bytes that may be queued per session, 1 or more
	 * @param highWaterMark queued bytes from which on a session is congested, 1 to
	 * {@code maxQueued}
	 * @param overflow what happens to a message that does not fit into the queue
	 * @param stallTimeout how long a client may take no bytes; zero = for ever
	 */
	public OutboundOptions(int maxQueued, int highWaterMark, OverflowPolicy overflow, Duration stallTimeout) {
		this(maxQueued, highWaterMark, overflow, stallTimeout, Runtime.getRuntime().maxMemory() / 4);
	}

	/**
	 * Returns these options with another limit per session. A high-water mark above that
	 * limit is lowered to it.
	 * @param maxQueued bytes that may be queued per session, 1 or more
	 * @return the options
	 * @throws InvalidOptionException if the limit is out of its range
	 */
	public OutboundOptions withMaxQueued(int maxQueued) {
		return new OutboundOptions(maxQueued, Math.min(this.highWaterMark, maxQueued), this.overflow, this.stallTimeout,
				this.maxTotalQueued);
	}

}
