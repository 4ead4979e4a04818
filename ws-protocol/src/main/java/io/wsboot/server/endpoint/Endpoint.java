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
import org.jspecify.annotations.Nullable;

/**
 * The definition of one endpoint of a server: its path, its handler and its options.
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
	 * An endpoint.
	 * @param path its path, with variables in braces
	 * @param handler serves its sessions
	 * @param options what the endpoint does its own way
	 * @param server the limits of the server, which the options may change
	 * @param interceptors called around the handler
	 * @param byDefault the server's choice of threads
	 * @throws IllegalArgumentException if the options contradict each other or the
	 * server's
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

	/** The path, as it was registered. */
	public String path() {
		return this.path;
	}

	/**
	 * A handshake on its way to the handler.
	 * @param peer who the client has proved to be inside TLS; null if nobody
	 * @param mayBlock runs what may block
	 */
	public HandshakeChain handshake(@Nullable Principal peer, Executor mayBlock) {
		return new HandshakeStep(this, mayBlock, peer, this.interceptors.handshakes());
	}

	/** Whether handshakes are decided on the event loop. */
	public boolean isAskedOnLoop() {
		return this.askedOnLoop;
	}

	WsHandler handler() {
		return this.handler;
	}

	/** Calls the handler, through the interceptors. */
	public CallbackChain callbacks() {
		return this.callbacks;
	}

	public EndpointOptions options() {
		return this.options;
	}

	/** What sessions may cost. */
	public EndpointPolicy policy() {
		return this.policy;
	}

	/** How much may come in from each session. */
	public SessionRates rates() {
		return this.rates;
	}

	/** The threads that callbacks run on. */
	public ExecutionPlan plan() {
		return this.plan;
	}

}
