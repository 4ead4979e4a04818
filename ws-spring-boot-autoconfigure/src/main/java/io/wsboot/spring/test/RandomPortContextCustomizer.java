package io.wsboot.spring.test;

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Sets {@code ws.server.port} to zero, with precedence over the application and the
 * machine, but not over the properties and arguments of the test itself. All instances
 * are equal, so that contexts are cached.
 */
record RandomPortContextCustomizer() implements ContextCustomizer {

	private static final String NAME = "wsServerTestPort";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		MapPropertySource port = new MapPropertySource(NAME, Map.of("ws.server.port", 0));
		if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, port);
		}
		else {
			sources.addLast(port);
		}
	}

}
