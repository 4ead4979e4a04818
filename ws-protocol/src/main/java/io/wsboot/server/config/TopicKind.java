package io.wsboot.server.config;

import java.time.Duration;

import static io.wsboot.server.config.InvalidOptionException.require;
import static io.wsboot.server.config.InvalidOptionException.requireTime;

/**
 * Topics that keep a history of their messages, so that a session can be subscribed from
 * a position. A value out of its range makes the constructor throw an
 * {@link InvalidOptionException}.
 *
 * @param pattern the names of these topics: {@code *} stands for any characters but a
 * slash, {@code **} for any characters, such as {@code rooms/*}; not empty
 * @param historySize messages of a topic that are kept, 1 or more
 * @param historyTtl how long a message is kept; 1 ms to 36,500 days
 */
public record TopicKind(String pattern, int historySize, Duration historyTtl) {

	/**
	 * Creates a kind.
	 * @throws InvalidOptionException if an option is invalid
	 */
	public TopicKind {
		require(!pattern.isEmpty(), "topics.kinds.pattern", pattern, "must not be empty");
		require(historySize > 0, "topics.kinds.history-size", historySize, "must be at least 1");
		requireTime("topics.kinds.history-ttl", historyTtl);
	}

}
