package io.wsboot;

import java.util.List;

/**
 * What one endpoint does its own way.
 *
 * @param execution where its callbacks run
 * @param subprotocols the subprotocols that it speaks, best first (RFC 6455 §1.9); none
 * if empty
 */
public record EndpointOptions(Execution execution, List<String> subprotocols) {

	/** As the server says, without subprotocol. */
	public static final EndpointOptions DEFAULTS = new EndpointOptions(Execution.AUTO, List.of());

	public EndpointOptions {
		subprotocols = List.copyOf(subprotocols);
	}

	/**
	 * With another execution.
	 * @param execution where the callbacks run
	 * @return the options
	 */
	public EndpointOptions withExecution(Execution execution) {
		return new EndpointOptions(execution, this.subprotocols);
	}

	/**
	 * With other subprotocols.
	 * @param names the subprotocols, best first
	 * @return the options
	 */
	public EndpointOptions withSubprotocols(String... names) {
		return new EndpointOptions(this.execution, List.of(names));
	}

}
