package io.wsboot.spring.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Meters that have been registered, by what tells them apart, so that a call costs one
 * look-up in a small map and none in the registry.
 *
 * @param <K> what tells them apart
 * @param <M> the kind of meter
 */
final class MeterCache<K, M> {

	private final Map<K, M> meters = new ConcurrentHashMap<>();

	private final Function<K, M> register;

	MeterCache(Function<K, M> register) {
		this.register = register;
	}

	M get(K key) {
		M meter = this.meters.get(key); // no lock, unlike computeIfAbsent
		return (meter != null) ? meter : this.meters.computeIfAbsent(key, this.register);
	}

}
