package io.wsboot.spring.security;

import java.util.List;

/**
 * Spring Security is on the class path, but nothing in the application can tell who a
 * WebSocket client is, and no rule opens the endpoints to anybody. The application does
 * not start.
 */
public final class NoAuthenticationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> findings;

	/**
	 * Creates it.
	 * @param endpoints paths of the endpoints that nobody could connect to
	 * @param findings one sentence for each thing in the application that authenticates,
	 * but not on the WebSocket server's port; says why, and what to do instead
	 */
	public NoAuthenticationException(List<String> endpoints, List<String> findings) {
		super("Spring Security is on the class path, but the application has nothing that can tell the WebSocket server "
				+ "who a client is, and no rule opens these endpoints to anybody: " + String.join(", ", endpoints));
		this.findings = List.copyOf(findings);
	}

	/**
	 * What the application has that authenticates, but not on the WebSocket server's
	 * port.
	 * @return one sentence for each; says why, and what to do instead
	 */
	public List<String> findings() {
		return this.findings;
	}

}
