package io.wsboot.spring.security;

import java.util.List;

/**
 * Stops the start of an application that has Spring Security on its class path, but
 * nothing that can authenticate WebSocket clients, and no rule that opens the endpoints
 * to everybody.
 */
public final class NoAuthenticationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> findings;

	/**
	 * Creates the exception.
	 * @param endpoints paths of the endpoints that nobody could connect to
	 * @param findings one sentence for each thing in the application that authenticates,
	 * but not on the WebSocket server's port: why, and what to do instead
	 */
	public NoAuthenticationException(List<String> endpoints, List<String> findings) {
		super("Spring Security is on the class path, but the application has nothing that can tell the WebSocket server "
				+ "who a client is, and no rule opens these endpoints to anybody: " + String.join(", ", endpoints));
		this.findings = List.copyOf(findings);
	}

	/**
	 * Returns what the application has that authenticates, but not on the WebSocket
	 * server's port.
	 * @return one sentence for each finding: why, and what to do instead
	 */
	public List<String> findings() {
		return this.findings;
	}

}
