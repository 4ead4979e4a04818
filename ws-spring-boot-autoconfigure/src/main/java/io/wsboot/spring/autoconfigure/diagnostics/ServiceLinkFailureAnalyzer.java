package io.wsboot.spring.autoconfigure.diagnostics;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Recognizes an environment variable that Kubernetes sets in each container of a
 * namespace that has a Service named {@code ws-server}: {@code WS_SERVER_PORT} is an
 * address there, where Spring Boot expects the port of our property.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ServiceLinkFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final String PREFIX = "ws.server.";

	private static final Pattern LINK = Pattern.compile("(?:tcp|udp|sctp)://.*");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		if (property == null || !property.getName().toString().startsWith(PREFIX)
				|| !LINK.matcher(String.valueOf(property.getValue())).matches()) {
			return null;
		}
		return new FailureAnalysis(
				"The WebSocket server cannot start: " + property.getName() + " is '" + property.getValue()
						+ "', which Kubernetes has set because there is a Service whose name begins with ws-server."
						+ ((property.getOrigin() != null) ? " It comes from " + property.getOrigin() + "." : ""),
				"Write enableServiceLinks: false into the pod's spec, or give the Service another name, or set "
						+ property.getName() + " where it comes first, such as on the command line.",
				cause);
	}

}
