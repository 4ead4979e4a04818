package io.wsboot.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long sessions live, and how silent ones are found, while options are collected. A
 * Ping and the wait for its answer must fit into the idle timeout, so both shrink with
 * it, in the proportion of the defaults, until somebody sets them.
 */
final class Liveness {

	private static final Duration LONGEST_PING_INTERVAL = Duration.ofSeconds(25);

	private static final Duration LONGEST_PONG_TIMEOUT = Duration.ofSeconds(20);

	Duration idleTimeout = Duration.ofSeconds(60);

	/** Null until set. */
	@Nullable Duration pingInterval;

	/** Null until set. */
	@Nullable Duration pongTimeout;

	Duration closeTimeout = Duration.ofSeconds(5);

	Duration maxLifetime = Duration.ZERO;

	Duration pingInterval() {
		return (this.pingInterval != null) ? this.pingInterval : within(LONGEST_PING_INTERVAL, 5);
	}

	Duration pongTimeout() {
		return (this.pongTimeout != null) ? this.pongTimeout : within(LONGEST_PONG_TIMEOUT, 4);
	}

	/** So many twelfths of the idle timeout, which is 60 s by default. */
	private Duration within(Duration longest, int twelfths) {
		if (this.idleTimeout.isZero()
				|| this.idleTimeout.compareTo(longest.multipliedBy(12).dividedBy(twelfths)) >= 0) {
			return longest;
		}
		return this.idleTimeout.multipliedBy(twelfths).dividedBy(12);
	}

}
