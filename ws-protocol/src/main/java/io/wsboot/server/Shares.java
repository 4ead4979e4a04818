package io.wsboot.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * So many for each, and no memory for those that have none. Any thread.
 *
 * @param <K> who shares
 */
final class Shares<K> {

	private final int most;

	private final ConcurrentMap<K, Integer> taken = new ConcurrentHashMap<>();

	/**
	 * Shares.
	 * @param most the most that one may have; 0 = as many as it likes, uncounted
	 */
	Shares(int most) {
		this.most = most;
	}

	/** Takes one; false if there is none left. */
	boolean add(K key) {
		if (this.most > 0 && this.taken.merge(key, 1, Integer::sum) > this.most) {
			remove(key);
			return false;
		}
		return true;
	}

	void remove(K key) {
		if (this.most > 0) {
			this.taken.computeIfPresent(key, (same, count) -> (count == 1) ? null : count - 1);
		}
	}

}
