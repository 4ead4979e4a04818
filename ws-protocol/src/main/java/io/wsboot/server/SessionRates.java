package io.wsboot.server;

import org.jspecify.annotations.Nullable;

/**
 * How much may come in from each session of an endpoint. The same for all of them; what
 * has been counted of one is in its {@link OpenPhase}.
 *
 * @param messages messages a second; null if there may be any number
 * @param bytes payload bytes of messages a second; null if there may be any number
 * @param controlFrames Pings and Pongs a second
 */
record SessionRates(@Nullable RateLimit messages, @Nullable RateLimit bytes, RateLimit controlFrames) {

	static SessionRates of(InboundOptions options) {
		return new SessionRates(limit(options.maxMessagesPerSecond()), limit(options.maxBytesPerSecond()),
				new RateLimit(options.maxControlFramesPerSecond()));
	}

	private static @Nullable RateLimit limit(long perSecond) {
		return (perSecond > 0) ? new RateLimit(perSecond) : null;
	}

}
