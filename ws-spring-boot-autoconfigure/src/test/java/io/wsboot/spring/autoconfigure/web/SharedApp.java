package io.wsboot.spring.autoconfigure.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.wsboot.spring.context.CurrentServer;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application on Tomcat, or on Jetty if it excludes Tomcat.
 *
 * @param context its context
 */
public record SharedApp(ConfigurableApplicationContext context) implements AutoCloseable {

	/** Tomcat and Jetty are both on the class path of these tests. */
	public static final String WITHOUT_JETTY = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration,"
			+ "org.springframework.boot.jetty.autoconfigure.actuate.web.server.JettyServletManagementContextAutoConfiguration";

	static final String WITHOUT_TOMCAT = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration,"
			+ "org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatServletManagementContextAutoConfiguration";

	/** Reactor Netty alone in a reactive application. */
	static final String WITHOUT_SERVLETS = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration,"
			+ "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration";

	/** What makes a request an opening handshake. */
	public static final String HANDSHAKE = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
			+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

	/**
	 * Starts an application.
	 * @param beans endpoints and configurations
	 * @param properties the command line, without dashes
	 */
	static SharedApp start(List<Class<?>> beans, String... properties) {
		return start(WebApplicationType.SERVLET, beans, properties);
	}

	static SharedApp start(WebApplicationType type, List<Class<?>> beans, String... properties) {
		return start(type, beans, (context) -> {
		}, properties);
	}

	/** Starts an application to whose context the initializer adds. */
	static SharedApp start(WebApplicationType type, List<Class<?>> beans, ApplicationContextInitializer<?> initializer,
			String... properties) {
		List<Class<?>> sources = new ArrayList<>(beans);
		sources.add(App.class);
		String[] arguments = Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new);
		return new SharedApp(new SpringApplicationBuilder(sources.toArray(new Class<?>[0])).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off", WITHOUT_JETTY)
			.initializers(initializer)
			.run(arguments));
	}

	/** The port that clients of endpoints use. */
	int port() {
		return port("local.ws.port");
	}

	int webPort() {
		return port("local.server.port");
	}

	private int port(String name) {
		return this.context.getEnvironment().getRequiredProperty(name, Integer.class);
	}

	CurrentServer server() {
		return this.context.getBean(CurrentServer.class);
	}

	/** The whole answer of the web server to a request. */
	String http(String method, String path, String... fields) {
		return http(webPort(), method, path, fields);
	}

	/**
	 * The answer to a request: its head only if the request is a handshake, as frames may
	 * follow.
	 * @param fields header fields; the last one may have the content behind it
	 */
	public static String http(int port, String method, String path, String... fields) {
		StringBuilder request = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
		request.append("Host: localhost:").append(port).append("\r\n");
		for (String field : fields) {
			request.append((field.endsWith("\r\n") || field.contains("\r\n\r\n")) ? field : field + "\r\n");
		}
		boolean handshake = Arrays.stream(fields).anyMatch((field) -> field.startsWith("Upgrade: websocket"));
		boolean content = request.indexOf("\r\n\r\n") > 0;
		request.append(content ? "" : handshake ? "\r\n" : "Connection: close\r\n\r\n");
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
			return handshake ? head(socket.getInputStream())
					: new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new AssertionError("no answer to " + method + " " + path, ex);
		}
	}

	/** The status line and fields of an answer. */
	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("ended behind " + head);
			}
			head.append((char) next);
		}
		return head.toString();
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
