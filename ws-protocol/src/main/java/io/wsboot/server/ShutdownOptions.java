package io.wsboot.server;

import java.time.Duration;

import static io.wsboot.server.InvalidOptionException.require;
import static io.wsboot.server.InvalidOptionException.requireTime;

/**
 * How sessions are closed when the server stops.
 *
 * @param batchSize sessions that are sent 1001 at once, 1 or more
 * @param batchInterval pause between two batches, so that clients do not all come back at
 * the same moment elsewhere; zero or more
 * @param timeout how long a stop may take in all; then what is left is dropped. More than
 * zero
 */
public record ShutdownOptions(int batchSize, Duration batchInterval, Duration timeout) {

	/** 500 sessions every 100 ms, 20 s in all. */
	public static final ShutdownOptions DEFAULTS = new ShutdownOptions(500, Duration.ofMillis(100),
			Duration.ofSeconds(20));

	public ShutdownOptions {
		require(batchSize > 0, "shutdown.batch-size", batchSize, "must be at least 1");
		requireTime("shutdown.batch-interval", batchInterval, "none");
		requireTime("shutdown.timeout", timeout);
	}

}
