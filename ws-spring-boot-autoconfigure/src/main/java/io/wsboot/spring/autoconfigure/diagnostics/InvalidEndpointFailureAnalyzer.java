package io.wsboot.spring.autoconfigure.diagnostics;

import io.wsboot.spring.endpoint.method.InvalidEndpointException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports an endpoint that cannot work as its class is written.
 */
class InvalidEndpointFailureAnalyzer extends AbstractFailureAnalyzer<InvalidEndpointException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidEndpointException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.advice(), cause);
	}

}
