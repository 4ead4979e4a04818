package io.wsboot.server.config;

import java.time.Duration;

import static io.wsboot.server.config.InvalidOptionException.require;
import static io.wsboot.server.config.InvalidOptionException.requireTime;

/**
 * How sessions are closed when the server stops. No duration may be above 36,500 days. A
 * value out of its range makes a constructor throw an {@link InvalidOptionException}.
 *
 * @param batchSize sessions that are closed with 1001 at once, 1 or more
 * @param batchInterval the pause between two batches, so that clients do not all connect
 * elsewhere at the same moment; zero or more
 * @param timeout how long a stop may take in all, 1 ms or more; then connections that are
 * left are dropped
 */
public record ShutdownOptions(int batchSize, Duration batchInterval, Duration timeout) {

	/** 500 sessions every 100 ms; 20 s in all. */
	public static final ShutdownOptions DEFAULTS = new ShutdownOptions(500, Duration.ofMillis(100),
			Duration.ofSeconds(20));

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
	public ShutdownOptions {
		require(batchSize > 0, "shutdown.batch-size", batchSize, "must be at least 1");
		requireTime("shutdown.batch-interval", batchInterval, "none");
		requireTime("shutdown.timeout", timeout);
	}

}
