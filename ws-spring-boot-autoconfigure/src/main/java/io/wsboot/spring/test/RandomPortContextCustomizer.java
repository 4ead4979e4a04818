package io.wsboot.spring.test;

import java.util.Map;
import java.util.stream.Stream;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/**
 * Sets {@code ws.server.port} to zero, with precedence over the application and the
 * machine, but not over the properties and arguments of the test itself. An application
 * that shares the port of its web server has no port of its own in tests either. In a
 * test without a web server the application need not share its port, even where
 * {@code ws.server.web.enabled} says so. All instances are equal, so that contexts are
 * cached.
 */
record RandomPortContextCustomizer() implements ContextCustomizer {

	private static final String NAME = "wsServerTestPort";

	/** By name, as an application may have no web server. */
	private static final String WEB_SERVER_CONTEXT = "org.springframework.boot.web.server.context.WebServerApplicationContext";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		boolean web = hasWebServer(context);
		if (web && !asksForListener(context.getEnvironment())) {
			return;
		}
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		MapPropertySource port = new MapPropertySource(NAME,
				web ? Map.of("ws.server.port", 0) : Map.of("ws.server.port", 0, "ws.server.web.enabled", false));
		if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, port);
		}
		else {
			sources.addLast(port);
		}
	}

	private static boolean hasWebServer(ConfigurableApplicationContext context) {
		ClassLoader loader = RandomPortContextCustomizer.class.getClassLoader();
		return ClassUtils.isPresent(WEB_SERVER_CONTEXT, loader)
				&& ClassUtils.resolveClassName(WEB_SERVER_CONTEXT, loader).isInstance(context);
	}

	private static boolean asksForListener(ConfigurableEnvironment environment) {
		return !environment.getProperty("ws.server.web.enabled", Boolean.class, true)
				|| Stream.of("ws.server.port", "ws.server.address", "ws.server.ssl.bundle")
					.anyMatch(environment::containsProperty);
	}

}
