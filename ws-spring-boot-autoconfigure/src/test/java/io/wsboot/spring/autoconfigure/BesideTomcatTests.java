package io.wsboot.spring.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.Map;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.autoconfigure.web.SharedApp;
import io.wsboot.spring.context.WsServerLifecycle;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Both servers in one application, with actuator on the other one. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "ws.server.port=0", SharedApp.WITHOUT_JETTY,
				"management.endpoints.web.exposure.include=health,prometheus",
				"management.endpoint.health.show-details=always" })
class BesideTomcatTests {

	@LocalWsPort
	private int wsPort;

	@LocalServerPort
	private int httpPort;

	private HttpResponse<String> get(int port, String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
					HttpResponse.BodyHandlers.ofString());
	}

	@Test
	void bothServe() throws Exception {
		assertThat(this.wsPort).isPositive().isNotEqualTo(this.httpPort);
		assertThat(get(this.httpPort, "/hello").body()).isEqualTo("hello over http");
		try (WsTestClient client = WsTestClient.connect(this.wsPort, "/ws")) {
			assertThat(client.nextText()).isEqualTo("nobody");
			assertThat(client.send("{\"n\":1}").nextText()).isEqualTo("{\"n\":2}");
		}
	}

	@Test
	void aBrowserThatComesWithoutUpgradeIsToldSo() throws Exception {
		HttpResponse<String> response = get(this.wsPort, "/ws");
		assertThat(response.statusCode()).isEqualTo(426);
		assertThat(response.headers().firstValue("Upgrade")).hasValue("websocket");
	}

	@Test
	void healthShowsTheComponent() throws Exception {
		try (WsTestClient client = WsTestClient.connect(this.wsPort, "/ws")) {
			assertThat(client.nextText()).isEqualTo("nobody");
			assertThat(get(this.httpPort, "/actuator/health").body())
				.contains("\"ws\":{\"details\":{\"port\":" + this.wsPort + ",\"scheme\":\"ws\",\"sessions\":")
				.contains("\"status\":\"UP\"");
		}
	}

	@Test
	void prometheusShowsTheMeters() throws Exception {
		try (WsTestClient client = WsTestClient.connect(this.wsPort, "/ws")) {
			assertThat(client.nextText()).isEqualTo("nobody");
			assertThat(get(this.httpPort, "/actuator/prometheus").body())
				.contains("ws_server_connections{endpoint=\"/ws\"}")
				.contains(
						"ws_server_handshakes_seconds_count{endpoint=\"/ws\",outcome=\"SUCCESS\",port=\"own\",status=\"101\"}");
		}
	}

	@Test
	void oursStopsBeforeTheHttpServerBeginsTo() {
		assertThat(WsServerLifecycle.PHASE).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
			.isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Hello.class, Ws.class })
	static class App {

	}

	@RestController
	static class Hello {

		@GetMapping("/hello")
		String hello() {
			return "hello over http";
		}

	}

	@WsEndpoint("/ws")
	static class Ws {

		@OnOpen
		String joined(@Nullable Principal user) {
			return (user != null) ? user.getName() : "nobody";
		}

		@OnMessage
		Map<String, Integer> on(Map<String, Integer> numbers) {
			return Map.of("n", numbers.get("n") + 1);
		}

	}

}
