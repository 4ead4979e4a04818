package io.wsboot.spring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Beside a WebFlux application's own server, with actuator on that one. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.main.web-application-type=reactive", "ws.server.port=0",
				"management.endpoints.web.exposure.include=health,prometheus,websockets",
				"management.endpoint.health.show-details=always" })
class BesideReactorNettyTests {

	@LocalWsPort
	private int wsPort;

	@LocalServerPort
	private int httpPort;

	@Autowired
	private ApplicationContext context;

	private String get(String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.httpPort + path)).build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
	}

	@Test
	void bothServe() throws Exception {
		assertThat(this.context).isInstanceOf(ReactiveWebServerApplicationContext.class);
		assertThat(this.wsPort).isPositive().isNotEqualTo(this.httpPort);
		assertThat(get("/hello")).isEqualTo("hello over http");
		try (WsTestClient client = WsTestClient.connect(this.wsPort, "/ws")) {
			client.send("{\"n\":1}");
			assertThat(client.nextText()).isEqualTo("{\"n\":2}");
		}
	}

	@Test
	void actuatorShowsTheServer() throws Exception {
		try (WsTestClient client = WsTestClient.connect(this.wsPort, "/ws")) {
			client.send("{\"n\":1}");
			assertThat(client.nextText()).isEqualTo("{\"n\":2}");
			assertThat(get("/actuator/health")).contains("\"port\":" + this.wsPort);
			assertThat(get("/actuator/prometheus")).contains("ws_server_connections{endpoint=\"/ws\"} 1.0");
			assertThat(get("/actuator/websockets")).contains("\"endpoint\":\"/ws\"");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Hello.class, Ws.class })
	static class App {

	}

	@RestController
	static class Hello {

		@GetMapping("/hello")
		Mono<String> hello() {
			return Mono.just("hello over http");
		}

	}

	@WsEndpoint("/ws")
	static class Ws {

		@OnMessage
		Map<String, Integer> on(Map<String, Integer> numbers) {
			return Map.of("n", numbers.get("n") + 1);
		}

	}

}
