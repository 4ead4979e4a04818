package io.wsboot.spring.autoconfigure.diagnostics;

import io.wsboot.server.config.InvalidOptionException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Reports a property with a value that makes no sense, and where it was set.
 */
public class InvalidOptionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidOptionException> {

	private static final String PREFIX = "ws.server.";

	private final Environment environment;

	/**
	 * Creates the analyzer.
	 * @param environment knows the origin of each property
	 */
	public InvalidOptionFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidOptionException cause) {
		String name = PREFIX + cause.option();
		ConfigurationProperty property = find(name);
		String source = (property == null) ? "" : " It was set to '" + property.getValue() + "'"
				+ ((property.getOrigin() != null) ? " in " + property.getOrigin() : "") + ".";
		return new FailureAnalysis("The WebSocket server cannot start: " + PREFIX + cause.getMessage() + "." + source,
				(property != null) ? "Correct " + name + ", or the WsServerOptionsCustomizer that changes it."
						: "Correct the WsServerOptionsCustomizer that sets " + name + ", which no property does.",
				cause);
	}

	private @Nullable ConfigurationProperty find(String name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
			if (property != null) {
				return property;
			}
		}
		return null;
	}

}
