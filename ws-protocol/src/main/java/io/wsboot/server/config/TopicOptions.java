package io.wsboot.server.config;

import static io.wsboot.server.config.InvalidOptionException.require;

/**
 * Limits of topics. A value out of its range makes the constructor throw an
 * {@link InvalidOptionException}.
 *
 * @param maxSubscriptions topics that one session may be subscribed to, 1 or more
 * @param maxTopics topics that the server may keep, 1 or more
 * @param maxMessageSize payload bytes of a published message, 1 or more
 * @param maxPending bytes of published messages that may wait for one event loop, 1 or
 * more; a single message may be bigger if nothing waits
 */
public record TopicOptions(int maxSubscriptions, int maxTopics, int maxMessageSize, long maxPending) {

	/**
	 * 128 topics per session, 100,000 topics, messages of 256 KiB, 16 MiB for each event
	 * loop.
	 */
	public static final TopicOptions DEFAULTS = new TopicOptions(128, 100_000, 256 * 1024, 16 * 1024 * 1024);

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
	public TopicOptions {
		require(maxSubscriptions > 0, "topics.max-subscriptions", maxSubscriptions, "must be at least 1");
		require(maxTopics > 0, "topics.max-topics", maxTopics, "must be at least 1");
		require(maxMessageSize > 0, "topics.max-message-size", maxMessageSize, "must be at least 1 byte");
		require(maxPending > 0, "topics.max-pending", maxPending, "must be at least 1 byte");
	}

}
