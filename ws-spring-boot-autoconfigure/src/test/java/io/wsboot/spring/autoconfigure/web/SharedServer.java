package io.wsboot.spring.autoconfigure.web;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.eclipse.jetty.server.Connector;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.util.ReflectionTestUtils;

import static java.util.Objects.requireNonNull;

/**
 * A web server whose port is shared, and what it answers to requests of the conformance
 * tests otherwise than our server on a port of its own. {@code docs/conformance.md} has
 * the same list.
 */
enum SharedServer {

	TOMCAT(WebApplicationType.SERVLET, SharedApp.WITHOUT_JETTY, List.of(),
			new Answer(101, "Tomcat forgives white space and line ends", "two spaces before the target",
					"two spaces before the version", "tabs for spaces", "empty line first",
					"LF for CRLF in the request line", "LF for CRLF", "head ends in LF LF", "obs-fold"),
			new Answer(101, "Tomcat takes a URI with a user", "URI with user"),
			new Answer(400, "Tomcat refuses coded slashes and NUL", "path /ws%2F", "path /ws%00"),
			new Answer(400, "Tomcat refuses raw braces", "raw braces in the query"),
			new Answer(405, "Tomcat takes a line without a method for one with an empty method", "no method")) {

		@Override
		long connections(ApplicationContext application) {
			AbstractProtocol<?> protocol = (AbstractProtocol<?>) ((TomcatWebServer) server(application)).getTomcat()
				.getConnector()
				.getProtocolHandler();
			return requireNonNull((AbstractEndpoint<?, ?>) ReflectionTestUtils.invokeMethod(protocol, "getEndpoint"))
				.getConnectionCount();
		}

	},

	JETTY(WebApplicationType.SERVLET, SharedApp.WITHOUT_TOMCAT, List.of(),
			new Answer(101, "Jetty forgives white space and line ends", "two spaces before the target",
					"two spaces before the version", "empty line first", "LF for CRLF in the request line",
					"LF for CRLF", "head ends in LF LF"),
			new Answer(101, "Jetty takes any scheme, and the version in lower case", "ftp URI", "ws URI",
					"lower-case version"),
			new Answer(200, "Spring MVC answers TRACE as HttpServlet does", "TRACE"),
			new Answer(400, "Jetty refuses Upgrade without Connection: Upgrade", "4 Connection", "no Connection",
					"other Connection"),
			new Answer(400, "Jetty refuses ambiguous paths and NUL", "path //ws", "path /%2577s", "path /;x=1/ws",
					"path /%2e/ws", "path /x/%2e%2e/ws", "path /ws%2F", "path /ws%00", "path /ws//", "path /room//a",
					"path //room/a")) {

		@Override
		long connections(ApplicationContext application) {
			return Stream.of(((JettyWebServer) server(application)).getServer().getConnectors())
				.map(Connector::getConnectedEndPoints)
				.mapToLong(Collection::size)
				.sum();
		}

	},

	REACTOR_NETTY(WebApplicationType.REACTIVE, SharedApp.WITHOUT_SERVLETS, List.of(NioSockets.class),
			new Answer(101, "Netty forgives white space", "two spaces before the target",
					"two spaces before the version", "tabs for spaces", "empty line first", "CR in the request line",
					"obs-fold"),
			new Answer(101, "Netty takes any scheme, and the version in lower case", "ftp URI", "ws URI",
					"lower-case version"),
			new Answer(101, "Spring WebFlux makes a path of other targets", "fragment", "relative target",
					"URI without host", "URI with user"),
			new Answer(400, "Spring WebFlux refuses raw braces", "raw braces in the query")) {

		@Override
		long connections(ApplicationContext application) {
			return application.getBean(ChannelGroup.class)
				.stream()
				.filter((channel) -> channel.parent() != null)
				.count();
		}

	};

	final WebApplicationType type;

	/** The property by which an application has this web server and no other one. */
	final String selection;

	final List<Class<?>> beans;

	private final List<Answer> answers;

	SharedServer(WebApplicationType type, String selection, List<Class<?>> beans, Answer... answers) {
		this.type = type;
		this.selection = selection;
		this.beans = beans;
		this.answers = List.of(answers);
	}

	/** How many connections the web server counts. */
	abstract long connections(ApplicationContext application);

	private static WebServer server(ApplicationContext application) {
		return requireNonNull(((WebServerApplicationContext) application).getWebServer());
	}

	/** The status that the web server answers with, by test or hostile peer. */
	Map<String, Integer> answers() {
		Map<String, Integer> answers = new HashMap<>();
		for (Answer answer : this.answers) {
			for (String test : answer.tests) {
				if (answers.put(test, answer.status) != null) {
					throw new IllegalStateException("has two answers: " + test);
				}
			}
		}
		return answers;
	}

	/**
	 * Requests that a web server answers itself, or in its own way.
	 *
	 * @param status the status
	 * @param reason what the web server does
	 * @param tests the names of the tests and hostile peers
	 */
	private record Answer(int status, String reason, String... tests) {
	}

	/** Only sockets of Java's can be taken over. */
	@Configuration(proxyBeanMethods = false)
	static class NioSockets {

		@Bean
		ReactorResourceFactory transport() {
			LoopResources loops = LoopResources.create("conformance", 1, true);
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setLoopResourcesSupplier(() -> (nativeIfPossible) -> loops.onServer(false));
			return resources;
		}

		@Bean
		ChannelGroup channels() {
			return new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		}

		@Bean
		NettyServerCustomizer counted(ChannelGroup channels) {
			return (server) -> server.channelGroup(channels);
		}

	}

}
