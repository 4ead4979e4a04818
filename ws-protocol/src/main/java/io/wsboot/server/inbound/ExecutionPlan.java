package io.wsboot.server.inbound;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.MessageDelivery;
import io.wsboot.MessageDelivery.Form;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;

/**
 * Which callbacks of an endpoint run on the session's event loop. The others run on the
 * executor.
 *
 * @param onLoop whether callbacks run on the loop that are not about text or binary
 * messages
 * @param textOnLoop whether those of text messages do
 * @param binaryOnLoop whether those of binary messages do
 */
public record ExecutionPlan(boolean onLoop, boolean textOnLoop, boolean binaryOnLoop) {

	/**
	 * The plan of an endpoint.
	 * @param path the endpoint's path, for messages of exceptions
	 * @param options the endpoint's options
	 * @param byDefault the server's choice, where the options leave it to the server
	 * @throws IllegalArgumentException if the endpoint needs workers and has none
	 */
	public static ExecutionPlan of(String path, EndpointOptions options, Execution byDefault) {
		Execution execution = (options.execution() == Execution.AUTO) ? byDefault : options.execution();
		boolean onLoop = execution == Execution.EVENT_LOOP;
		ExecutionPlan plan = new ExecutionPlan(onLoop, isOnLoop(options.text(), onLoop),
				isOnLoop(options.binary(), onLoop));
		if (plan.textOnLoop && isStream(options.text()) || plan.binaryOnLoop && isStream(options.binary())) {
			throw new IllegalArgumentException("the endpoint at " + path
					+ " reads messages from streams, which waits for the peer, so it needs Execution.WORKER");
		}
		if (options.concurrency() > 1 && plan.usesLoop()) {
			throw new IllegalArgumentException("the endpoint at " + path
					+ " handles messages of a session at the same time, so all of it needs Execution.WORKER");
		}
		return plan;
	}

	private static boolean isOnLoop(MessageDelivery delivery, boolean byDefault) {
		return (delivery.execution() == Execution.AUTO) ? byDefault : delivery.execution() == Execution.EVENT_LOOP;
	}

	private static boolean isStream(MessageDelivery delivery) {
		return delivery.form() == Form.STREAM;
	}

	private boolean usesLoop() {
		return this.onLoop || this.textOnLoop || this.binaryOnLoop;
	}

	/** Whether a callback may run on the loop. */
	boolean onLoop(HandlerCallback callback) {
		return switch (callback) {
			case TEXT, TEXT_PART -> this.textOnLoop;
			case BINARY, BINARY_PART -> this.binaryOnLoop;
			case TEXT_STREAM, BINARY_STREAM -> false;
			default -> this.onLoop;
		};
	}

	/** Whether no callback needs the executor. */
	public boolean onlyOnLoop() {
		return this.onLoop && this.textOnLoop && this.binaryOnLoop;
	}

	/** Whether some callbacks may run on the loop, and some not. */
	boolean isMixed() {
		return usesLoop() && !onlyOnLoop();
	}

}
