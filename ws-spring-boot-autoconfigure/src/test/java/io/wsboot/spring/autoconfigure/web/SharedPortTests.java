package io.wsboot.spring.autoconfigure.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import io.wsboot.HandshakeRequest;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.context.WsServerStartedEvent;
import io.wsboot.spring.test.WsTestClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static io.wsboot.spring.autoconfigure.web.SharedApp.HANDSHAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * How requests for endpoints get along with all others on the port of Tomcat and Jetty.
 */
@ParameterizedClass
@ValueSource(strings = { SharedApp.WITHOUT_JETTY, SharedApp.WITHOUT_TOMCAT })
class SharedPortTests {

	@Parameter
	private String without;

	private static SharedApp app;

	@BeforeParameterizedClassInvocation
	static void start(String without) {
		app = SharedApp.start(List.of(Room.class, Page.class, Closed.class, Pages.class, Web.class, Started.class),
				without, "server.servlet.context-path=/app", "spring.mvc.servlet.path=/mvc",
				"server.forward-headers-strategy=framework",
				"server.http2.enabled=" + without.equals(SharedApp.WITHOUT_JETTY));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		app.close();
	}

	@Test
	void endpointsAreServedOnTheWebServersPort() {
		assertThat(app.port()).isEqualTo(app.webPort());
		assertThat(app.server().port()).isEqualTo(app.webPort());
		assertThat(app.server().server().isListening()).isFalse();
		assertThat(app.context().getBean(Started.class).port).isEqualTo(app.webPort());
		try (WsTestClient client = WsTestClient.connect(app.port(), "/app/mvc/rooms/java%20and%2Bmore?q=1")) {
			assertThat(client.nextText()).isEqualTo("java and+more");
			assertThat(client.send("hello").nextText()).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/rooms/java", "/app/rooms/java", "/app/mvc/rooms", "/app/mvc/rooms/java/", "/mvc/rooms/java" })
	void otherPathsAreNoEndpoints(String path) {
		assertThat(app.http("GET", path, HANDSHAKE)).startsWith("HTTP/1.1 404 ");
	}

	/** The container resolves them to other paths, of which the rules are applied. */
	@ParameterizedTest
	@ValueSource(strings = { "/app/mvc/rooms/..", "/app/mvc/rooms/%2e%2e", "/app/mvc/rooms/..;x", "/app/mvc/rooms/.",
			"/app/mvc/rooms/java;x=1", "/app/mvc/closed/..;/rooms/java", "/app/mvc//rooms/java",
			"/app/mvc/./rooms/java", "/app/mvc/rooms;x=1/java" })
	void aPathThatFiltersSeeAsAnotherOneIsNoEndpoint(String path) {
		assertThat(app.http("GET", path, HANDSHAKE)).startsWith("HTTP/1.1 4").doesNotContain("426");
	}

	@Test
	void http2KnowsNoUpgrade() throws Exception {
		// Jetty's part for HTTP/2 is not on the class path
		assumeThat(this.without).isEqualTo(SharedApp.WITHOUT_JETTY);
		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + app.webPort() + "/app/mvc/rooms/java"))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
		assertThat(answer.statusCode()).isEqualTo(426);
		assertThat(answer.headers().map()).doesNotContainKeys("upgrade", "connection");
		assertThat(answer.body()).isEqualTo("426 Upgrade Required\n");
	}

	@Test
	void whatIsNoHandshakeIsAnsweredAsOnAPortOfOurOwn() {
		assertThat(app.http("GET", "/app/mvc/rooms/java")).startsWith("HTTP/1.1 426 ")
			.contains("Upgrade: websocket\r\n")
			.containsPattern("(?m)^Connection: .*[uU]pgrade")
			.containsPattern("(?i)Content-Type: text/plain; ?charset=utf-8\r\n")
			.endsWith("\r\n\r\n426 Upgrade Required\n");
		for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
			assertThat(app.http(method, "/app/mvc/rooms/java", "Content-Length: 0")).startsWith("HTTP/1.1 405 ")
				.contains("Allow: GET\r\n")
				.endsWith("\r\n\r\n405 Method Not Allowed\n");
		}
		assertThat(app.http("HEAD", "/app/mvc/rooms/java")).startsWith("HTTP/1.1 405 ").endsWith("\r\n\r\n");
		assertThat(app.http("OPTIONS", "/app/mvc/rooms/java", "Origin: http://evil.example",
				"Access-Control-Request-Method: GET"))
			.startsWith("HTTP/1.1 405 ")
			.doesNotContain("Access-Control");
		assertThat(app.http("GET", "/app/mvc/rooms/java", HANDSHAKE.replace("13", "8"))).startsWith("HTTP/1.1 426 ")
			.contains("Sec-WebSocket-Version: 13\r\n");
	}

	@Test
	void aControllerOnTheSamePathServesPages() {
		assertThat(app.http("GET", "/app/mvc/page")).startsWith("HTTP/1.1 200 ").endsWith("a page");
		assertThat(app.http("GET", "/app/mvc/page", HANDSHAKE)).startsWith("HTTP/1.1 101 ");
		assertThat(app.http("GET", "/app/mvc/nothing")).startsWith("HTTP/1.1 404 ");
	}

	@Test
	void filtersApply() {
		assertThat(app.http("GET", "/app/mvc/closed", HANDSHAKE)).startsWith("HTTP/1.1 418 ");
	}

	@Test
	void interceptorsOfSpringMvcApply() {
		assertThat(app.http("GET", "/app/mvc/rooms/forbidden", HANDSHAKE)).startsWith("HTTP/1.1 403 ");
		assertThat(app.http("GET", "/app/mvc/rooms/java", HANDSHAKE)).startsWith("HTTP/1.1 101 ")
			.contains("X-Pattern: /rooms/{room}\r\n");
	}

	@Test
	void pagesOfTheSameHostMayConnect() {
		assertThat(app.http("GET", "/app/mvc/rooms/java", HANDSHAKE, "Origin: http://localhost:1234"))
			.startsWith("HTTP/1.1 101 ");
		assertThat(app.http("GET", "/app/mvc/rooms/java", HANDSHAKE, "Origin: http://app.example"))
			.startsWith("HTTP/1.1 403 ")
			.contains("Content-Length: 14\r\n");
		assertThat(app.http("GET", "/app/mvc/rooms/java", HANDSHAKE, "Origin: https://app.example",
				"X-Forwarded-Host: app.example", "X-Forwarded-Proto: https"))
			.startsWith("HTTP/1.1 101 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "192.0.2.7", "2001:db8:0:0:0:0:0:7" })
	void theClientIsWhoTheFiltersSay(String address) {
		try (WsTestClient client = WsTestClient.builder()
			.header("X-Forwarded-For", address)
			.connect(app.port(), "/app/mvc/page")) {
			assertThat(client.nextText()).isEqualTo(address);
		}
		try (WsTestClient client = WsTestClient.connect(app.port(), "/app/mvc/page")) {
			assertThat(client.nextText()).isEqualTo("127.0.0.1");
		}
	}

	@WsEndpoint("/rooms/{room}")
	static class Room {

		@OnOpen
		String joined(@PathParam String room) {
			return room;
		}

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@WsEndpoint("/page")
	static class Page {

		@OnOpen
		String who(HandshakeRequest request) {
			return request.remoteAddress().getAddress().getHostAddress();
		}

	}

	@WsEndpoint("/closed")
	static class Closed {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@RestController
	static class Pages {

		@GetMapping("/page")
		String page() {
			return "a page";
		}

	}

	static class Started {

		private int port;

		@EventListener
		void started(WsServerStartedEvent event) {
			this.port = event.port();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Web implements WebMvcConfigurer {

		@Bean
		FilterRegistrationBean<?> teapot() {
			FilterRegistrationBean<?> filter = new FilterRegistrationBean<>(
					(request, response, chain) -> ((HttpServletResponse) response).sendError(418));
			filter.addUrlPatterns("/mvc/closed");
			return filter;
		}

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(new HandlerInterceptor() {
				@Override
				public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
					response.setStatus(403);
					return false;
				}
			}).addPathPatterns("/rooms/forbidden");
			registry.addInterceptor(new HandlerInterceptor() {
				@Override
				public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
					response.setHeader("X-Pattern",
							String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
					return true;
				}
			});
		}

	}

}
