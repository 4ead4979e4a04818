package io.wsboot.spring.autoconfigure.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static io.wsboot.spring.autoconfigure.web.SharedApp.HANDSHAKE;
import static org.assertj.core.api.Assertions.assertThat;

/** Who serves a path that several mappings of Spring MVC match. */
class MostSpecificPathTests {

	@TempDir
	private static Path files;

	private static SharedApp app;

	@BeforeAll
	static void start() throws IOException {
		Files.writeString(files.resolve("page.html"), "a page");
		Files.createDirectory(files.resolve("sub"));
		Files.writeString(files.resolve("sub/style.css"), "a style");
		app = SharedApp.start(
				List.of(Room.class, Pair.class, Triple.class, Literal.class, Handlers.class, Pages.class, Routes.class),
				"spring.web.resources.static-locations=" + files.toUri());
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@ParameterizedTest
	@CsvSource({ "/java, a room", "/chat, a handler", "/chats, a room", "/news/java, a handler",
			"/news/java/x, a triple", "/other/java, a pair", "/literal, a literal", "/literals, a room",
			"/a/b/c, a triple", "/page, a room", "/sockjs/000/abc/websocket, o" })
	void handshakesGoToTheMostSpecificPattern(String path, String who) {
		try (WsTestClient client = WsTestClient.connect(app.port(), path)) {
			assertThat(client.nextText()).isEqualTo(who);
		}
	}

	/** Such as one that proxies WebSockets. */
	@ParameterizedTest
	@ValueSource(strings = { "/controller", "/route", "/controller/java" })
	void aControllerMayUpgradeByItself(String path) {
		assertThat(app.http("GET", path, HANDSHAKE)).startsWith("HTTP/1.1 402 ");
		assertThat(app.http("GET", path, HANDSHAKE, "Origin: http://localhost"))
			.startsWith(path.equals("/route") ? "HTTP/1.1 402 " : "HTTP/1.1 403 ");
	}

	/** An exact path of a mapping that would refuse the request takes nothing away. */
	@ParameterizedTest
	@ValueSource(strings = { "/posts", "/pages" })
	void aControllerThatDoesNotWantTheRequestIsNotAsked(String path) {
		assertThat(app.http("GET", path, HANDSHAKE)).startsWith("HTTP/1.1 101 ");
	}

	@Test
	void aTemplateHidesNoFile() {
		assertThat(app.http("GET", "/page.html")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\na page");
		assertThat(app.http("HEAD", "/page.html")).startsWith("HTTP/1.1 200 ").contains("Content-Length: 6\r\n");
		assertThat(app.http("GET", "/sub/style.css")).startsWith("HTTP/1.1 200 ").endsWith("a style");
		assertThat(app.http("GET", "/page.html", HANDSHAKE)).startsWith("HTTP/1.1 101 ");
		assertThat(app.http("POST", "/page.html", "Content-Length: 0")).startsWith("HTTP/1.1 405 ")
			.contains("Allow: GET\r\n");
	}

	@Test
	void clientsAreToldWhatIsNoFile() {
		assertThat(app.http("GET", "/nobody.html")).startsWith("HTTP/1.1 426 ").endsWith("426 Upgrade Required\n");
		assertThat(app.http("HEAD", "/nobody.html")).startsWith("HTTP/1.1 405 ");
		assertThat(app.http("GET", "/sub/../nobody.html")).startsWith("HTTP/1.1 4");
		assertThat(app.http("GET", "/a/b/c/d")).startsWith("HTTP/1.1 404 ");
	}

	@Test
	void pagesAreServed() {
		assertThat(app.http("GET", "/pages")).startsWith("HTTP/1.1 200 ").endsWith("pages");
		assertThat(app.http("GET", "/sockjs/info")).startsWith("HTTP/1.1 200 ").contains("\"websocket\":true");
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

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Handlers {

		@Bean
		WebSocketConfigurer handlers() {
			WebSocketHandler handler = new TextWebSocketHandler() {

				@Override
				public void afterConnectionEstablished(WebSocketSession session) throws Exception {
					session.sendMessage(new TextMessage("a handler"));
				}

			};
			return (registry) -> {
				registry.addHandler(handler, "/chat", "/literal", "/news/{name}", "/{some}/{other}/{thing}");
				registry.addHandler(handler, "/sockjs").withSockJS();
			};
		}

	}

	@RestController
	static class Pages {

		@GetMapping({ "/controller", "/controller/{name}" })
		@CrossOrigin("http://elsewhere.example")
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

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouterFunctions.route()
				.GET("/route", (request) -> ServerResponse.status(HttpStatus.PAYMENT_REQUIRED).build())
				.build();
		}

	}

}
