package io.wsboot.spring.reactor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** Who serves a path that several mappings of WebFlux match. */
class MostSpecificPathTests {

	@TempDir
	private static Path files;

	private static ConfigurableApplicationContext app;

	private static int port;

	@BeforeAll
	static void start() throws IOException {
		Files.writeString(files.resolve("page.html"), "a page");
		Files.createDirectory(files.resolve("sub"));
		Files.writeString(files.resolve("sub/style.css"), "a style");
		app = new SpringApplicationBuilder(App.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off",
					"spring.web.resources.static-locations=" + files.toUri())
			.run();
		port = app.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	private static String response(byte[] request) throws IOException {
		try (FrameClient client = FrameClient.tcp(port, false)) {
			return client.send(request).response();
		}
	}

	@ParameterizedTest
	@CsvSource({ "/java, a room", "/chat, a handler", "/chats, a room", "/news/java, a handler", "/other/java, a pair",
			"/literal, a literal", "/literals, a room", "/a/b/c, a triple", "/page, a room", "/posts, a room",
			"/pages, a room", "/page.html, a room" })
	void handshakesGoToTheMostSpecificPattern(String path, String who) {
		try (WsTestClient client = WsTestClient.connect(port, path)) {
			assertThat(client.nextText()).isEqualTo(who);
		}
	}

	/** Such as one that proxies WebSockets. */
	@ParameterizedTest
	@ValueSource(strings = { "/controller", "/route", "/controller/java" })
	void aControllerMayUpgradeByItself(String path) {
		assertThat(WsTestClient.refusal(port, path).status()).isEqualTo(402);
		assertThat(WsTestClient.builder().header("Origin", "http://localhost").refusal(port, path).status())
			.isEqualTo(path.equals("/route") ? 402 : 403);
	}

	/** What CORS says of a page that is less specific does not matter. */
	@Test
	void theOriginIsOurs() {
		try (WsTestClient client = WsTestClient.builder().header("Origin", "http://localhost").connect(port, "/page")) {
			assertThat(client.nextText()).isEqualTo("a room");
		}
		assertThat(WsTestClient.builder().header("Origin", "http://elsewhere.example").refusal(port, "/page").status())
			.isEqualTo(403);
	}

	@Test
	void aTemplateHidesNoFile() throws IOException {
		assertThat(response(FrameClient.get("/page.html"))).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\na page");
		assertThat(response(FrameClient.get("/sub/style.css"))).startsWith("HTTP/1.1 200 ").endsWith("a style");
	}

	@Test
	void clientsAreToldWhatIsNoFile() throws IOException {
		assertThat(response(FrameClient.get("/nobody.html"))).startsWith("HTTP/1.1 426 ")
			.endsWith("426 Upgrade Required\n");
		assertThat(response(FrameClient.get("/a/b/c/d"))).startsWith("HTTP/1.1 404 ");
		assertThat(response(
				FrameClient.bytes("POST /nobody.html HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")))
			.startsWith("HTTP/1.1 405 ")
			.containsIgnoringCase("allow: GET\r\n");
	}

	@Test
	void pagesAreServed() throws IOException {
		assertThat(response(FrameClient.get("/pages"))).startsWith("HTTP/1.1 200 ").endsWith("pages");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { JettyReactiveWebServerAutoConfiguration.class, TomcatReactiveWebServerAutoConfiguration.class })
	@Import({ Room.class, Pair.class, Triple.class, Literal.class, Pages.class })
	static class App {

		@Bean
		ReactorResourceFactory transport() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		}

		@Bean
		HandlerMapping handlers() {
			WebSocketHandler handler = (session) -> session.send(Mono.just(session.textMessage("a handler")))
				.then(session.receive().then());
			return new SimpleUrlHandlerMapping(Map.of("/chat", handler, "/literal", handler, "/news/{name}", handler,
					"/{some}/{other}/{thing}", handler), 10);
		}

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouterFunctions.route()
				.GET("/route", (request) -> ServerResponse.status(HttpStatus.PAYMENT_REQUIRED).build())
				.build();
		}

	}

	@WsEndpoint("/{room}")
	static class Room {

		@OnOpen
		String open() {
			return "a room";
		}

	}

	@WsEndpoint("/{one}/{other}")
	static class Pair {

		@OnOpen
		String open() {
			return "a pair";
		}

	}

	@WsEndpoint("/{one}/{two}/{three}")
	static class Triple {

		@OnOpen
		String open() {
			return "a triple";
		}

	}

	@WsEndpoint("/literal")
	static class Literal {

		@OnOpen
		String open() {
			return "a literal";
		}

	}

	@RestController
	@CrossOrigin("http://elsewhere.example")
	static class Pages {

		@GetMapping({ "/controller", "/controller/{name}" })
		@ResponseStatus(HttpStatus.PAYMENT_REQUIRED)
		void upgrade() {
		}

		@PostMapping("/posts")
		void posted() {
		}

		@GetMapping(path = "/pages", headers = "!Upgrade")
		String pages() {
			return "pages";
		}

		@GetMapping("/{page:page}")
		String page(@PathVariable String page) {
			return page;
		}

	}

}
