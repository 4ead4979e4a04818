package io.wsboot.server.admission;

import io.wsboot.server.config.InboundOptions;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of each session of an endpoint. All sessions of the endpoint share this
 * object, and each keeps its own counts.
 *
 * @param messages messages per second; null = no limit
 * @param bytes payload bytes of messages per second; null = no limit
 * @param controlFrames Pings and Pongs per second
 */
public record SessionRates(@Nullable RateLimit messages, @Nullable RateLimit bytes, RateLimit controlFrames) {

	/** The limits that the options ask for. */
	public static SessionRates of(InboundOptions options) {
		return new SessionRates(limit(options.maxMessagesPerSecond()), limit(options.maxBytesPerSecond()),
				new RateLimit(options.maxControlFramesPerSecond()));
	}

	private static @Nullable RateLimit limit(long perSecond) {
		return (perSecond > 0) ? new RateLimit(perSecond) : null;
	}

}
