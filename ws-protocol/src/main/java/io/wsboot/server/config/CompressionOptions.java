package io.wsboot.server.config;

import static io.wsboot.server.config.InvalidOptionException.require;

/**
 * Compression of messages (permessage-deflate, RFC 7692) for clients that offer it. A
 * value out of its range makes a constructor throw an {@link InvalidOptionException}.
 *
 * @param enabled whether the server accepts such an offer
 * @param level 1 (fastest) to 9 (smallest)
 * @param threshold payload bytes from which on an outgoing message is compressed; 0 =
 * every message
 * @param contextTakeover whether a message may refer to the messages before. Messages get
 * smaller, at the price of some 300 KB for each connection. Outgoing messages refer to
 * others only under {@link OverflowPolicy#CLOSE}, as a client that misses one message
 * could not read the next
 */
public record CompressionOptions(boolean enabled, int level, int threshold, boolean contextTakeover) {

	/** Off; level 6 for messages of 1 KiB or more, without context takeover. */
	public static final CompressionOptions DEFAULTS = new CompressionOptions(false, 6, 1024, false);

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
	public CompressionOptions {
		require(level >= 1 && level <= 9, "compression.level", level, "must be within 1 to 9");
		require(threshold >= 0, "compression.threshold", threshold, "must not be negative (0 = compress everything)");
	}

}
