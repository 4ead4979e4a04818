package io.wsboot.server.config;

import java.util.List;

import static io.wsboot.server.config.InvalidOptionException.require;

/**
 * Limits of topics, and which topics keep a history. A value out of its range makes the
 * constructor throw an {@link InvalidOptionException}.
 *
 * @param maxSubscriptions topics that one session may be subscribed to, 1 or more
 * @param maxTopics topics that the server may keep, 1 or more
 * @param maxMessageSize payload bytes of a published message, 1 or more
 * @param maxPending bytes of published messages that may wait for one event loop, 1 or
 * more; a single message may be bigger if nothing waits
 * @param maxHistory bytes of the histories of all topics together, 1 or more. The history
 * that was used least recently makes room first
 * @param kinds topics with history; the first kind whose pattern matches a name counts,
 * and a topic of no kind has no history
 */
public record TopicOptions(int maxSubscriptions, int maxTopics, int maxMessageSize, long maxPending, long maxHistory,
		List<TopicKind> kinds) {

	/**
	 * 128 topics per session, 100,000 topics, messages of 256 KiB, 16 MiB for each event
	 * loop, and no history, which would have 64 MiB.
	 */
	public static final TopicOptions DEFAULTS = new TopicOptions(128, 100_000, 256 * 1024, 16 * 1024 * 1024,
			64 * 1024 * 1024, List.of());

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
	public TopicOptions {
		require(maxSubscriptions > 0, "topics.max-subscriptions", maxSubscriptions, "must be at least 1");
		require(maxTopics > 0, "topics.max-topics", maxTopics, "must be at least 1");
		require(maxMessageSize > 0, "topics.max-message-size", maxMessageSize, "must be at least 1 byte");
		require(maxPending > 0, "topics.max-pending", maxPending, "must be at least 1 byte");
		require(maxHistory > 0, "topics.max-history", maxHistory, "must be at least 1 byte");
		kinds = List.copyOf(kinds);
	}

	/**
	 * Returns options with other kinds.
	 * @param kinds topics with history
	 * @return the new options
	 */
	public TopicOptions withKinds(TopicKind... kinds) {
		return new TopicOptions(this.maxSubscriptions, this.maxTopics, this.maxMessageSize, this.maxPending,
				this.maxHistory, List.of(kinds));
	}

	/**
	 * Returns options with another limit of all histories together.
	 * @param maxHistory bytes, 1 or more
	 * @return the new options
	 * @throws InvalidOptionException if the limit is invalid
	 */
	public TopicOptions withMaxHistory(long maxHistory) {
		return new TopicOptions(this.maxSubscriptions, this.maxTopics, this.maxMessageSize, this.maxPending, maxHistory,
				this.kinds);
	}

}
