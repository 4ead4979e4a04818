package io.wsboot.server.admission;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts up to a limit for each key. Keys with a count of zero are removed, so memory
 * follows the number of keys in use. Thread-safe.
 *
 * @param <K> the type of the keys
 */
final class KeyedCounter<K> {

	private final int limit;

	private final ConcurrentMap<K, Integer> counts = new ConcurrentHashMap<>();

	/**
	 * Creates a counter.
	 * @param limit the highest count of a key; 0 = no limit, and nothing is counted
	 */
	KeyedCounter(int limit) {
		this.limit = limit;
	}

	/**
	 * Raises the count of a key by one, unless the count has reached the limit.
	 * @return false if the count has reached the limit
	 */
	boolean tryIncrement(K key) {
		if (this.limit > 0 && this.counts.merge(key, 1, Integer::sum) > this.limit) {
			decrement(key);
			return false;
		}
		return true;
	}

	/** Lowers the count of a key by one. */
	void decrement(K key) {
		if (this.limit > 0) {
			this.counts.computeIfPresent(key, (same, count) -> (count == 1) ? null : count - 1);
		}
	}

}
