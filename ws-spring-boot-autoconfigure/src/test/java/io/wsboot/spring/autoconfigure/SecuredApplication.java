package io.wsboot.spring.autoconfigure;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.autoconfigure.web.SharedApp;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A whole application that has Spring Boot's auto-configuration of Spring Security on its
 * class path, with one thing that it tells over HTTP and over WebSocket.
 *
 * @param context its context
 */
record SecuredApplication(ConfigurableApplicationContext context) implements AutoCloseable {

	private static final ClassLoader CLASS_LOADER = withBootSecurity();

	private static ClassLoader withBootSecurity() {
		try (Stream<Path> jars = Files.list(Path.of("target/boot-security"))) {
			return new URLClassLoader(jars.map(SecuredApplication::url).toArray(URL[]::new),
					SecuredApplication.class.getClassLoader());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static URL url(Path jar) {
		try {
			return jar.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Starts an application.
	 * @param web its kind
	 * @param beans what it has besides an endpoint and, with a web stack, a controller
	 * @param properties its command line, without the dashes
	 */
	static SecuredApplication start(WebApplicationType web, List<Class<?>> beans, List<String> properties) {
		SpringApplicationBuilder application = new SpringApplicationBuilder();
		application.application().setResourceLoader(new DefaultResourceLoader(CLASS_LOADER));
		return run(application, web, beans, properties);
	}

	/** Starts an application on Tomcat, whose port its endpoints share. */
	static SecuredApplication startShared(List<Class<?>> beans, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add(SharedApp.WITHOUT_JETTY);
		SpringApplicationBuilder application = new SpringApplicationBuilder();
		application.application().setResourceLoader(new DefaultResourceLoader(CLASS_LOADER));
		return run(application, WebApplicationType.SERVLET, beans, all, List.of());
	}

	/** Starts an application whose parent context has beans, too. */
	static SecuredApplication startBelow(Class<?> parent, List<Class<?>> beans, List<String> properties) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(parent).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off")
			.child();
		return run(application, WebApplicationType.NONE, beans, properties);
	}

	private static SecuredApplication run(SpringApplicationBuilder application, WebApplicationType web,
			List<Class<?>> beans, List<String> properties) {
		return run(application, web, beans, properties, List.of("--ws.server.port=0"));
	}

	private static SecuredApplication run(SpringApplicationBuilder application, WebApplicationType web,
			List<Class<?>> beans, List<String> properties, List<String> defaults) {
		List<Class<?>> sources = new ArrayList<>(beans);
		sources.add(App.class);
		if (web != WebApplicationType.NONE) {
			sources.add(Http.class);
		}
		List<String> arguments = new ArrayList<>(defaults);
		arguments.addAll(List.of("--server.port=0", "--spring.main.banner-mode=off"));
		if (!properties.contains("ws.server.security.enabled=false")) {
			arguments.add("--ws.server.security.enabled=true");
		}
		properties.forEach((property) -> arguments.add("--" + property));
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(CLASS_LOADER);
		try {
			return new SecuredApplication(application.sources(sources.toArray(new Class<?>[0]))
				.web(web)
				.run(arguments.toArray(new String[0])));
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	int port() {
		return port("local.ws.port");
	}

	private int port(String name) {
		return this.context.getEnvironment().getRequiredProperty(name, Integer.class);
	}

	/**
	 * What a client without credentials is answered over HTTP; a redirect is not
	 * followed.
	 */
	int httpStatus() {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + port("local.server.port") + "/secret"))
			.header("Accept", "application/json")
			.build();
		try {
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

	@RestController
	static class Http {

		@GetMapping("/secret")
		String secret() {
			return "secret over HTTP";
		}

	}

	@WsEndpoint("/secret")
	static class Secret {

		@OnOpen
		String open() {
			Authentication client = SecurityContextHolder.getContext().getAuthentication();
			return "secret for " + ((client != null) ? client.getName() : "nobody");
		}

		@OnMessage
		String message(String text) {
			return text;
		}

	}

	@WsEndpoint("/status")
	static class Status {

		@OnMessage
		String message(String text) {
			return text;
		}

	}

}
