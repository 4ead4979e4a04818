package io.wsboot.spring.autoconfigure.diagnostics;

import io.wsboot.spring.context.SharedPortMissingException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports an application that wants to share the port of a web server that is not there.
 */
class SharedPortMissingFailureAnalyzer extends AbstractFailureAnalyzer<SharedPortMissingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SharedPortMissingException cause) {
		return new FailureAnalysis(
				"The WebSocket server cannot start: ws.server.web.enabled=true says that the endpoints are served on the "
						+ "web server's port, but " + cause.getMessage() + ".",
				"Add a web server whose port can be shared: Tomcat or Jetty with Spring MVC, or Reactor Netty with Spring "
						+ "WebFlux, but not Tomcat or Jetty with Spring WebFlux. An application that is deployed in a web server, and one with "
						+ "spring.main.web-application-type=none, has none. Or remove ws.server.web.enabled, so that the "
						+ "endpoints are served on ws.server.port, which is 8090 unless it is set.",
				cause);
	}

}
