package io.wsboot.spring.endpoint.library;

import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.spring.annotation.OnMessage;

/**
 * Its callback can be overridden in this package only.
 */
public abstract class Counter {

	private final AtomicInteger count = new AtomicInteger();

	@OnMessage
	String counted(String text) {
		return text + " #" + this.count.incrementAndGet();
	}

}
