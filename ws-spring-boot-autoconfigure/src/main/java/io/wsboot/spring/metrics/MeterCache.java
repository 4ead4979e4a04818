package io.wsboot.spring.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Registered meters by key: finding a meter costs one look-up in a small map, and none in
 * the registry.
 *
 * @param <K> tells the meters apart
 * @param <M> the kind of meter
 */
final class MeterCache<K, M extends Meter> {

	private final Map<K, M> meters = new ConcurrentHashMap<>();

	private final UnaryOperator<K> canonical;

	private final Function<K, M> register;

	MeterCache(Function<K, M> register) {
		this(UnaryOperator.identity(), register);
	}

	/**
	 * Creates a cache without meters.
	 * @param canonical maps a key that has no meter to the key whose meter is used, and
	 * registered if need be
	 * @param register registers the meter of a key
	 */
	MeterCache(UnaryOperator<K> canonical, Function<K, M> register) {
		this.canonical = canonical;
		this.register = register;
	}

	M get(K key) {
		M meter = this.meters.get(key); // no lock, unlike computeIfAbsent
		return (meter != null) ? meter : this.meters.computeIfAbsent(this.canonical.apply(key), this.register);
	}

	/** Removes meters from the cache and from the registry. */
	void remove(Predicate<K> which, MeterRegistry registry) {
		this.meters.entrySet().removeIf((entry) -> {
			boolean removed = which.test(entry.getKey());
			if (removed) {
				registry.remove(entry.getValue());
			}
			return removed;
		});
	}

}
