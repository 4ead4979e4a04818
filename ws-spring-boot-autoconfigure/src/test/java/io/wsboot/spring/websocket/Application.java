package io.wsboot.spring.websocket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.wsboot.server.WsServer;
import io.wsboot.server.spi.Carrier;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.test.WsTestClient;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application with Spring's WebSocket API on a web server's port, which is shared. */
final class Application implements AutoCloseable {

	final ConfigurableApplicationContext context;

	final int port;

	private Application(ConfigurableApplicationContext context) {
		this.context = context;
		this.port = ((WebServerApplicationContext) context).getWebServer().getPort();
	}

	static Application run(Container container, Class<?> configuration, String... properties) {
		List<String> all = new ArrayList<>(
				List.of("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn"));
		if (container.carrier == Carrier.WIRE) {
			all.add("ws.server.web.take-over=false");
		}
		all.addAll(Arrays.asList(properties));
		return new Application(new SpringApplicationBuilder(Configuration.class, container.configuration, configuration)
			.web(WebApplicationType.SERVLET)
			.properties(all.toArray(String[]::new))
			.run());
	}

	WsServer server() {
		return this.context.getBean(CurrentServer.class).server();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	WsTestClient connect(String path) {
		return WsTestClient.connect(this.port, path);
	}

	String url(String path) {
		return "ws://localhost:" + this.port + path;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** The web servers whose port is shared, and how. */
	enum Container {

		TOMCAT(TomcatConfiguration.class, Carrier.SOCKET), TOMCAT_WIRE(TomcatConfiguration.class, Carrier.WIRE),
		JETTY(JettyConfiguration.class, Carrier.SOCKET), JETTY_WIRE(JettyConfiguration.class, Carrier.WIRE);

		final Carrier carrier;

		private final Class<?> configuration;

		Container(Class<?> configuration, Carrier carrier) {
			this.configuration = configuration;
			this.carrier = carrier;
		}

		/** Whether the web server has the standard API of Jakarta. */
		boolean isTomcat() {
			return this.configuration == TomcatConfiguration.class;
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configuration {

	}

	@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
	static class TomcatConfiguration {

		@Bean
		TomcatServletWebServerFactory webServerFactory() {
			return new TomcatServletWebServerFactory(0);
		}

	}

	@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
	static class JettyConfiguration {

		@Bean
		JettyServletWebServerFactory webServerFactory() {
			return new JettyServletWebServerFactory(0);
		}

	}

}
