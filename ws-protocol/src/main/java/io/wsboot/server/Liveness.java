package io.wsboot.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The timeouts of sessions while options are built. A Ping and the wait for its answer
 * must fit into the idle timeout, so unless they are set, both shrink with the idle
 * timeout, in the proportion of the defaults.
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

	/** The interval that is set, else the default for the idle timeout. */
	Duration pingInterval() {
		return (this.pingInterval != null) ? this.pingInterval : within(LONGEST_PING_INTERVAL, 5);
	}

	/** The timeout that is set, else the default for the idle timeout. */
	Duration pongTimeout() {
		return (this.pongTimeout != null) ? this.pongTimeout : within(LONGEST_PONG_TIMEOUT, 4);
	}

	/**
	 * So many twelfths of the idle timeout (60 s by default), but not above the longest.
	 */
	private Duration within(Duration longest, int twelfths) {
		if (this.idleTimeout.isZero()
				|| this.idleTimeout.compareTo(longest.multipliedBy(12).dividedBy(twelfths)) >= 0) {
			return longest;
		}
		return this.idleTimeout.multipliedBy(twelfths).dividedBy(12);
	}

}
