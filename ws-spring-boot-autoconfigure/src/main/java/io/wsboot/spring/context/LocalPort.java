package io.wsboot.spring.context;

import java.util.HashMap;
import java.util.Map;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Publishes the server's bound port as the property {@code local.ws.port}, in the
 * property source where Spring Boot publishes {@code local.server.port}.
 */
final class LocalPort {

	static final String PROPERTY = "local.ws.port";

	/** The name that Spring Boot gives to this property source. */
	private static final String SOURCE = "server.ports";

	private LocalPort() {
	}

	static void publish(ConfigurableEnvironment environment, int port) {
		MutablePropertySources sources = environment.getPropertySources();
		Map<String, Object> ports = new HashMap<>();
		if (sources.get(SOURCE) instanceof MapPropertySource existing) {
			ports.putAll(existing.getSource());
		}
		ports.put(PROPERTY, port);
		MapPropertySource source = new MapPropertySource(SOURCE, ports);
		if (sources.contains(SOURCE)) {
			sources.replace(SOURCE, source);
		}
		else {
			sources.addFirst(source);
		}
	}

}
