package io.wsboot.server;

import java.time.Duration;

import static io.wsboot.server.InvalidOptionException.require;
import static io.wsboot.server.InvalidOptionException.requireTime;

/**
 * How much may wait for a slow peer.
 *
 * @param maxQueued bytes that may wait per session, 1 or more. A single message may be
 * bigger if nothing else waits
 * @param highWaterMark bytes from which on senders are told that the session is
 * congested, 1 to {@code maxQueued}
 * @param overflow what happens to a message that does not fit
 * @param stallTimeout how long a peer with bytes waiting may take none of them before the
 * connection is dropped; zero = for ever
 */
public record OutboundOptions(int maxQueued, int highWaterMark, OverflowPolicy overflow, Duration stallTimeout) {

	/** 1 MiB, 64 KiB, close, 30 s. */
	public static final OutboundOptions DEFAULTS = new OutboundOptions(1024 * 1024, 64 * 1024, OverflowPolicy.CLOSE,
			Duration.ofSeconds(30));

	public OutboundOptions {
		require(maxQueued > 0, "outbound.max-queued", maxQueued, "must be at least 1 byte");
		require(highWaterMark > 0, "outbound.high-water-mark", highWaterMark, "must be at least 1 byte");
		require(highWaterMark <= maxQueued, "outbound.high-water-mark", highWaterMark,
				"must not be above outbound.max-queued, which is " + maxQueued);
		requireTime("outbound.stall-timeout", stallTimeout, "no timeout");
	}

}
