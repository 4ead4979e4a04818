package io.wsboot.server;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.MessageDelivery;

/**
 * The ways in which an endpoint's callbacks may run.
 */
enum HandlerThreads {

	LOOP(EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP)),

	POOL(EndpointOptions.DEFAULTS.withExecution(Execution.WORKER)),

	/** Where the JDK has them. */
	VIRTUAL(EndpointOptions.DEFAULTS.withExecution(Execution.WORKER)),

	TEXT_ON_LOOP(EndpointOptions.DEFAULTS.withExecution(Execution.WORKER)
		.withText(MessageDelivery.WHOLE.withExecution(Execution.EVENT_LOOP))),

	TEXT_ON_WORKER(EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP)
		.withText(MessageDelivery.WHOLE.withExecution(Execution.WORKER))),

	CONCURRENT(EndpointOptions.DEFAULTS.withExecution(Execution.WORKER).withConcurrency(3));

	final EndpointOptions options;

	HandlerThreads(EndpointOptions options) {
		this.options = options;
	}

	static Stream<HandlerThreads> all() {
		return Stream.of(values()).filter((each) -> each != VIRTUAL || Runtime.version().feature() >= 21);
	}

	/** What runs the callbacks that are on no loop. */
	ExecutorService executor() {
		if (this != VIRTUAL) {
			return Executors.newCachedThreadPool();
		}
		try {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
