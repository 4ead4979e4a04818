package io.wsboot.spring.endpoint;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ExceptionDepthComparator;

/**
 * The {@link io.wsboot.spring.annotation.OnError} methods of an endpoint.
 *
 * @param callbacks one for each type of exception
 */
record ErrorCallbacks(Map<Class<? extends Throwable>, Callback> callbacks) {

	ErrorCallbacks {
		callbacks = Map.copyOf(callbacks);
	}

	/**
	 * The method whose exception type is closest to an error.
	 * @param error the error
	 * @return the method, null if none takes such an error
	 */
	@Nullable Callback closestTo(Throwable error) {
		return this.callbacks.keySet()
			.stream()
			.filter((type) -> type.isInstance(error))
			.min(new ExceptionDepthComparator(error))
			.map(this.callbacks::get)
			.orElse(null);
	}

}
