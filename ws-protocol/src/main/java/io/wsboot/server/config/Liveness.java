package io.wsboot.server.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The timeouts of sessions while options are built. A Ping and the wait for its answer
 * must fit into the idle timeout, so unless they are set, they are parts of the idle
 * timeout, or of a minute if the idle timeout is longer.
 */
final class Liveness {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	Duration idleTimeout = MINUTE, closeTimeout = Duration.ofSeconds(5), maxLifetime = Duration.ZERO;

	/** Null until set. */
	@Nullable Duration pingInterval, pongTimeout;

	/** The interval that is set, else 5/12 of the idle timeout and at most 25 s. */
	Duration pingInterval() {
		return (this.pingInterval != null) ? this.pingInterval : twelfths(5);
	}

	/** The timeout that is set, else a third of the idle timeout and at most 20 s. */
	Duration pongTimeout() {
		return (this.pongTimeout != null) ? this.pongTimeout : twelfths(4);
	}

	private Duration twelfths(int count) {
		boolean isLonger = this.idleTimeout.isZero() || this.idleTimeout.compareTo(MINUTE) > 0;
		return (isLonger ? MINUTE : this.idleTimeout).multipliedBy(count).dividedBy(12);
	}

}
