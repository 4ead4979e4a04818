package io.wsboot.spring.autoconfigure.diagnostics;

import io.wsboot.spring.security.NoAuthenticationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports an application that uses Spring Security and has no bean that can authenticate
 * WebSocket clients.
 */
public class NoAuthenticationFailureAnalyzer extends AbstractFailureAnalyzer<NoAuthenticationException> {

	private static final String ACTION = """
			Add one of these beans:

			    - JwtDecoder or OpaqueTokenIntrospector, for bearer tokens
			    - AuthenticationManager, AuthenticationProvider or UserDetailsService, for user names and passwords
			    - HandshakeAuthentication, for anything else that a handshake shows, such as a ticket or a cookie

			Or open every one of the endpoints to anybody, with ws.server.security.permit-all or an EndpointAuthorization bean.

			Or serve the endpoints on the port of the application's web server, behind its own security: without ws.server.port.

			Or say ws.server.security.enabled=false if Spring Security has nothing to do with the endpoints.""";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoAuthenticationException cause) {
		StringBuilder description = new StringBuilder().append(cause.getMessage()).append('.');
		if (!cause.findings().isEmpty()) {
			description.append("\n\nThe application has the following, which is no help to the WebSocket server:\n");
			cause.findings().forEach((finding) -> description.append("\n    - ").append(finding));
		}
		return new FailureAnalysis(description.toString(), ACTION, cause);
	}

}
