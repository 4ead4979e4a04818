package io.wsboot.spring.websocket.reactive;

import java.util.HashMap;
import java.util.Map;

import io.wsboot.EndpointLimits;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.server.spi.Upgrades;
import io.wsboot.server.spi.Upgrades.HostEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of the running server that stand for the patterns of handlers. There is
 * one endpoint for each pattern that has been asked for, until another server runs. Any
 * thread.
 */
final class HandlerEndpoints {

	private final EndpointOptions options;

	private final WsHandler handler;

	private final Map<String, HostEndpoint> endpoints = new HashMap<>();

	private @Nullable Upgrades server;

	/**
	 * Creates the registry.
	 * @param handler handles the sessions of all endpoints
	 * @param limits the limits of each session
	 */
	HandlerEndpoints(WsHandler handler, EndpointLimits limits) {
		this.handler = handler;
		this.options = EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP).withLimits(limits);
	}

	synchronized HostEndpoint endpoint(Upgrades current, String pattern) {
		if (current != this.server) {
			this.endpoints.clear();
			this.server = current;
		}
		return this.endpoints.computeIfAbsent(pattern, (path) -> current.endpoint(path, this.handler, this.options));
	}

}
