package io.wsboot.spring.autoconfigure.diagnostics;

import io.wsboot.server.config.PortInUseException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports a port that another program listens on.
 */
class PortInUseFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
		return new FailureAnalysis(
				"The WebSocket server could not start because port " + cause.port() + " is already in use.",
				"Stop the program that listens on port " + cause.port()
						+ ", or set ws.server.port to another port (0 for a free one).",
				cause);
	}

}
