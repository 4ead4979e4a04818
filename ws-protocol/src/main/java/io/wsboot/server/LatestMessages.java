package io.wsboot.server;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The newest message of each key among those that wait. Not thread-safe.
 */
final class LatestMessages {

	private final Map<LatestKey, Outgoing> waiting = new HashMap<>();

	/**
	 * Takes note of a message with a key.
	 * @return the older one that is to give way to it; null if none waits of which
	 * nothing has been written, so that this one has to wait in a place of its own
	 */
	@Nullable Outgoing add(LatestKey key, Outgoing item) {
		Outgoing older = this.waiting.get(key);
		if (older != null && older.isDroppable()) {
			return older;
		}
		this.waiting.put(key, item);
		return null;
	}

	/** A message waits no more. */
	void remove(LatestKey key, Outgoing item) {
		this.waiting.remove(key, item);
	}

}
