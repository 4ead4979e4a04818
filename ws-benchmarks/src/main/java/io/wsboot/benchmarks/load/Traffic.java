package io.wsboot.benchmarks.load;

import java.io.IOException;
import java.util.Map;

/**
 * A way to keep a server busy. For one thread, which calls {@link #turn} again and again.
 */
public interface Traffic extends AutoCloseable {

	/**
	 * Does what can be done, and waits a little if there is nothing.
	 * @return how many messages or handshakes are complete that were not before
	 * @throws IOException if a socket fails
	 */
	long turn() throws IOException;

	/** What was until now was to warm up. */
	default void measuringBegins() {
	}

	/**
	 * What was measured besides counts.
	 * @return by name
	 */
	default Map<String, Double> observed() {
		return Map.of();
	}

	/** Resets all connections. */
	@Override
	void close() throws IOException;

}
