package io.wsboot.server.inbound;

import io.wsboot.EndpointOptions;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.spi.CallbackChain;

/**
 * An endpoint whose handler is called. Any thread.
 */
public interface InboundEndpoint {

	/** Calls the handler's methods, through the interceptors. */
	CallbackChain callbacks();

	EndpointOptions options();

	/** The threads that callbacks run on. */
	ExecutionPlan plan();

	/** How much of one session may wait for the handler. */
	InboundOptions limits();

	/** The last callback of a session has returned. */
	void finished();

}
