package io.wsboot.server.endpoint;

import java.security.Principal;
import java.util.concurrent.Executor;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.server.admission.SessionRates;
import io.wsboot.server.inbound.ExecutionPlan;
import io.wsboot.server.inbound.Interceptors;
import io.wsboot.server.spi.CallbackChain;
import io.wsboot.server.spi.HandshakeChain;
import io.wsboot.server.spi.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one endpoint of a server: its path, its handler and its options.
 * Immutable.
 */
public final class Endpoint {

	private final String path;

	private final WsHandler handler;

	private final Interceptors interceptors;

	private final CallbackChain callbacks;

	private final EndpointOptions options;

	private final EndpointPolicy policy;

	private final SessionRates rates;

	private final ExecutionPlan plan;

	private final boolean askedOnLoop;

	/**
	 * Creates an endpoint.
	 * @param path the path, with variables in braces
	 * @param handler the handler of the endpoint's sessions
	 * @param options the endpoint's own options
	 * @param server the server's limits, which the options may replace
	 * @param interceptors the server's interceptors, which are called around the handler
	 * @param byDefault where callbacks run if the options leave it to the server
	 * @throws IllegalArgumentException if the options contradict each other or the
	 * server's options
	 */
	public Endpoint(String path, WsHandler handler, EndpointOptions options, EndpointPolicy server,
			Interceptors interceptors, Execution byDefault) {
		this.path = path;
		this.handler = handler;
		this.interceptors = interceptors;
		this.callbacks = interceptors.around(handler);
		this.options = options;
		this.policy = EndpointPolicy.of(path, options.limits(), server);
		this.rates = SessionRates.of(this.policy.inbound());
		this.plan = ExecutionPlan.of(path, options, byDefault);
		this.askedOnLoop = interceptors.areAskedOnLoop(handler, options.handshakeExecution(), this.plan.onLoop());
	}

	/** Returns the path as it was registered. */
	public String path() {
		return this.path;
	}

	/**
	 * Returns the chain that decides about a handshake: the interceptors, and then the
	 * handler.
	 * @param peer the subject of the client's TLS certificate; null if the client has
	 * shown none
	 * @param upgrade the request of another server that shares its port; null for a
	 * request that the server has read itself
	 * @param mayBlock the executor of tasks that may block
	 */
	public HandshakeChain handshake(@Nullable Principal peer, @Nullable UpgradeRequest upgrade, Executor mayBlock) {
		return new HandshakeStep(this, mayBlock, peer, upgrade, this.interceptors.handshakes());
	}

	/** Whether handshakes are decided on the event loop, and not on a worker. */
	public boolean isAskedOnLoop() {
		return this.askedOnLoop;
	}

	WsHandler handler() {
		return this.handler;
	}

	/** Returns the interceptors around the handler. */
	public CallbackChain callbacks() {
		return this.callbacks;
	}

	public EndpointOptions options() {
		return this.options;
	}

	/** Returns the limits of the endpoint's sessions. */
	public EndpointPolicy policy() {
		return this.policy;
	}

	/** Returns the rates at which each session may receive. */
	public SessionRates rates() {
		return this.rates;
	}

	/** Returns where callbacks run. */
	public ExecutionPlan plan() {
		return this.plan;
	}

}
