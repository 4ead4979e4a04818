package io.wsboot.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import io.wsboot.CloseStatus;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Prometheus and the health page show after one scripted conversation with an
 * application that has had no other.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "ws.server.port=0", "spring.application.name=metrics-of-its-own" })
class MetricsTest {

	@LocalServerPort
	private int httpPort;

	@Value("${local.ws.port}")
	private int port;

	@Test
	void theMetersTellTheConversation() throws Exception {
		WsTestClient stays = WsTestClient.connect(this.port, "/echo");
		WsTestClient goes = WsTestClient.connect(this.port, "/echo");
		assertThat(WsTestClient.refusal(this.port, "/nowhere/else").status()).isEqualTo(404);
		for (String text : List.of("one", "two", "three")) {
			stays.send(text);
			assertThat(stays.nextText()).isEqualTo(text);
		}
		goes.send(new byte[1000]);
		assertThat(goes.nextBinary()).hasSize(1000);
		goes.ping(new byte[7]);
		goes.nextPong();
		goes.close(CloseStatus.NORMAL);
		WsTestClient worker = WsTestClient.connect(this.port, "/echo/worker");
		worker.send("x");
		worker.nextText();
		worker.send(new byte[2 * 1024 * 1024 + 1]);
		assertThat(worker.closeStatus().code()).isEqualTo(1009);

		await().untilAsserted(() -> assertThat(scrape()).contains("ws_server_connections{endpoint=\"/echo\"} 1.0",
				"ws_server_connections{endpoint=\"/echo/worker\"} 0.0",
				"ws_server_messages_total{direction=\"in\",endpoint=\"/echo\",type=\"text\"} 3.0",
				"ws_server_messages_total{direction=\"out\",endpoint=\"/echo\",type=\"text\"} 3.0",
				"ws_server_messages_total{direction=\"in\",endpoint=\"/echo\",type=\"binary\"} 1.0",
				"ws_server_messages_total{direction=\"out\",endpoint=\"/echo\",type=\"binary\"} 1.0",
				"ws_server_messages_total{direction=\"in\",endpoint=\"/echo\",type=\"ping\"} 1.0",
				"ws_server_messages_total{direction=\"out\",endpoint=\"/echo\",type=\"pong\"} 1.0",
				"ws_server_messages_total{direction=\"in\",endpoint=\"/echo/worker\",type=\"text\"} 1.0",
				"ws_server_bytes_total{direction=\"in\",endpoint=\"/echo\",type=\"text\"} 11.0",
				"ws_server_bytes_total{direction=\"out\",endpoint=\"/echo\",type=\"binary\"} 1000.0",
				"ws_server_closes_total{code=\"1000\",endpoint=\"/echo\",initiator=\"client\"} 1.0",
				"ws_server_closes_total{code=\"1009\",endpoint=\"/echo/worker\",initiator=\"server\"} 1.0",
				"ws_server_outbound_queued_bytes 0.0"));
		assertThat(scrape())
			.anyMatch((line) -> line.startsWith("ws_server_handshakes_seconds_count{endpoint=\"/echo\"")
					&& line.contains("status=\"101\"") && line.endsWith(" 2"))
			.anyMatch((line) -> line.startsWith("ws_server_handshakes_seconds_count{endpoint=\"UNKNOWN\"")
					&& line.contains("status=\"404\"") && line.endsWith(" 1"))
			.anyMatch((line) -> line
				.startsWith("ws_server_handler_seconds_count{callback=\"text\",endpoint=\"/echo/worker\"")
					&& line.endsWith(" 1"))
			.anyMatch((line) -> line.startsWith(
					"ws_server_connection_duration_seconds_count{carrier=\"listener\",code=\"1000\",endpoint=\"/echo\"")
					&& line.endsWith(" 1"))
			.noneMatch((line) -> line.contains("nowhere"));
		stays.close();
	}

	@Test
	void healthShowsTheServer() throws Exception {
		JsonNode health = JsonMapper.shared().readTree(get("/actuator/health"));
		assertThat(health.at("/components/ws/status").stringValue()).isEqualTo("UP");
		assertThat(health.at("/components/ws/details/port").intValue()).isEqualTo(this.port);
	}

	private List<String> scrape() throws IOException, InterruptedException {
		return get("/actuator/prometheus").lines().filter((line) -> line.startsWith("ws_server")).toList();
	}

	private String get(String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.httpPort + path)).build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
	}

}
