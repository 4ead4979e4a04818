package io.wsboot.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.WsSessions;
import io.wsboot.spring.context.WsServerLifecycle;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A whole application without a web stack, on a free port.
 *
 * @param context its context
 */
record RunningApp(ConfigurableApplicationContext context) implements AutoCloseable {

	/**
	 * Starts an application.
	 * @param beans its endpoints and configurations
	 * @param arguments its command line
	 */
	static RunningApp start(List<Class<?>> beans, String... arguments) {
		return start(beans, (context) -> {
		}, arguments);
	}

	/**
	 * Starts an application.
	 * @param beans its endpoints and configurations
	 * @param initializer adds to the context
	 * @param arguments its command line
	 */
	static RunningApp start(List<Class<?>> beans, ApplicationContextInitializer<?> initializer, String... arguments) {
		List<Class<?>> sources = new ArrayList<>(beans);
		sources.add(App.class);
		SpringApplication application = new SpringApplicationBuilder(sources.toArray(new Class<?>[0]))
			.web(WebApplicationType.NONE)
			.properties("ws.server.port=0", "spring.main.banner-mode=off")
			.initializers(initializer)
			.build();
		return new RunningApp(application.run(arguments));
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.ws.port", Integer.class);
	}

	WsServerLifecycle lifecycle() {
		return this.context.getBean(WsServerLifecycle.class);
	}

	WsSessions sessions() {
		return this.context.getBean(WsSessions.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

}
