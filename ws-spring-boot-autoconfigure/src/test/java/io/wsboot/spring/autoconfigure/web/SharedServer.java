package io.wsboot.spring.autoconfigure.web;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * A web server whose port is shared, and what the conformance tests must leave out there,
 * as the web server reads the requests.
 */
enum SharedServer {

	TOMCAT(WebApplicationType.SERVLET, SharedApp.WITHOUT_JETTY, List.of(),
			new LeftOut("Tomcat refuses coded slashes and NUL with 400", "path /ws%2F", "path /ws%00")),

	JETTY(WebApplicationType.SERVLET, SharedApp.WITHOUT_TOMCAT, List.of(),
			new LeftOut("Jetty refuses Upgrade without Connection: Upgrade with 400", "4 Connection", "no Connection",
					"other Connection"),
			new LeftOut("Jetty refuses ambiguous paths and NUL with 400", "path //ws", "path /%2577s", "path /;x=1/ws",
					"path /%2e/ws", "path /x/%2e%2e/ws", "path /ws%2F", "path /ws%00", "path /ws//", "path /room//a",
					"path //room/a")),

	REACTOR_NETTY(WebApplicationType.REACTIVE, SharedApp.WITHOUT_SERVLETS, List.of(NioSockets.class),
			new LeftOut("Reactor Netty answers HTTP/1.0 in HTTP/1.0", "HTTP below 1.1"));

	final WebApplicationType type;

	/** The property by which an application has this web server and no other one. */
	final String selection;

	final List<Class<?>> beans;

	private final List<LeftOut> leftOut;

	SharedServer(WebApplicationType type, String selection, List<Class<?>> beans, LeftOut... leftOut) {
		this.type = type;
		this.selection = selection;
		this.beans = beans;
		this.leftOut = List.of(leftOut);
	}

	/** Why the web server has a request left out; null if it does not. */
	@Nullable String leavesOut(String test) {
		for (LeftOut some : this.leftOut) {
			if (Arrays.asList(some.tests).contains(test)) {
				return some.reason;
			}
		}
		return null;
	}

	/**
	 * Requests that a web server answers itself, or in its own way.
	 *
	 * @param reason what the web server does
	 * @param tests the names of the tests and hostile peers
	 */
	private record LeftOut(String reason, String... tests) {
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

	}

}
