package io.wsboot.server;

import java.time.Duration;

import static io.wsboot.server.InvalidOptionException.require;
import static io.wsboot.server.InvalidOptionException.requireTime;

/**
 * How much may wait for a slow peer, and for all of them.
 *
 * @param maxQueued bytes that may wait per session, 1 or more. A single message may be
 * bigger if nothing else waits
 * @param highWaterMark bytes from which on senders are told that the session is
 * congested, 1 to {@code maxQueued}
 * @param overflow what happens to a message that does not fit
 * @param stallTimeout how long a peer with bytes waiting may take none of them before the
 * connection is dropped; zero = for ever
 * @param maxTotalQueued bytes that may wait in all the server's connections together;
 * above it those for which the most waits are closed with 1013, whatever the overflow
 * policy. A broadcast counts for each session that it waits for. 0 = no limit
 */
public record OutboundOptions(int maxQueued, int highWaterMark, OverflowPolicy overflow, Duration stallTimeout,
		long maxTotalQueued) {

	/** 1 MiB, 64 KiB, close, 30 s, a quarter of the largest heap. */
	public static final OutboundOptions DEFAULTS = new OutboundOptions(1024 * 1024, 64 * 1024, OverflowPolicy.CLOSE,
			Duration.ofSeconds(30));

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
	 * @param maxQueued bytes that may wait per session
	 * @param highWaterMark bytes from which on senders are told
	 * @param overflow what happens to a message that does not fit
	 * @param stallTimeout how long a peer may take nothing
	 */
	public OutboundOptions(int maxQueued, int highWaterMark, OverflowPolicy overflow, Duration stallTimeout) {
		this(maxQueued, highWaterMark, overflow, stallTimeout, Runtime.getRuntime().maxMemory() / 4);
	}

	/**
	 * With another bound of what may wait per session. The high-water mark follows if it
	 * is above that.
	 * @param maxQueued bytes, 1 or more
	 * @return the options
	 */
	public OutboundOptions withMaxQueued(int maxQueued) {
		return new OutboundOptions(maxQueued, Math.min(this.highWaterMark, maxQueued), this.overflow, this.stallTimeout,
				this.maxTotalQueued);
	}

}
