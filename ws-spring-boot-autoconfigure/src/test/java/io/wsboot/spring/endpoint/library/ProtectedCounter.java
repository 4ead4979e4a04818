package io.wsboot.spring.endpoint.library;

import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.spring.annotation.OnMessage;

/**
 * Its callback can be overridden everywhere.
 *
 * @param <T> what is counted
 */
public abstract class ProtectedCounter<T> {

	private final AtomicInteger count = new AtomicInteger();

	@OnMessage
	protected String counted(T value) {
		return value + " #" + this.count.incrementAndGet();
	}

}
