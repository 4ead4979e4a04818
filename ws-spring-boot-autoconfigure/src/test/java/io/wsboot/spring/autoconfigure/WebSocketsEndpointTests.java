package io.wsboot.spring.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.CloseStatus;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code /actuator/websockets}, as somebody on call sees it. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = WebSocketsEndpointTests.App.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "ws.server.port=0", "management.endpoints.web.exposure.include=websockets",
				"ws.server.max-message-size=300KB", "ws.server.allowed-origins=*" })
class WebSocketsEndpointTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@LocalWsPort
	private int wsPort;

	@LocalServerPort
	private int httpPort;

	@Autowired
	private WsSessions sessions;

	@AfterEach
	void everySessionIsGone() {
		await().until(() -> this.sessions.count() == 0);
	}

	@Test
	void showsTheServer() throws Exception {
		DocumentContext server = read("");
		assertThat(server.<String>read("$.state")).isEqualTo("RUNNING");
		assertThat(server.<Integer>read("$.port")).isEqualTo(this.wsPort);
		assertThat(server.<String>read("$.scheme")).isEqualTo("ws");
		assertThat(server.<Integer>read("$.limits.maxMessageSize")).isEqualTo(300 * 1024);
		assertThat(server.<String>read("$.limits.outbound.overflow")).isEqualTo("close");
		assertThat(server.<Integer>read("$.loops.length()")).isPositive();
		assertThat(server.<List<Boolean>>read("$.loops[*].alive")).containsOnly(true);
		assertThat(server.<Number>read("$.loops[0].busy").doubleValue()).isBetween(0.0, 1.0);
		assertThat(server.<Integer>read("$.sessions.total")).isZero();
	}

	@Test
	void showsSessionsPageByPage() throws Exception {
		try (WsTestClient one = open("/a?user=ada"); WsTestClient two = open("/b/x?user=alan")) {
			DocumentContext all = read("");
			assertThat(all.<Integer>read("$.sessions.total")).isEqualTo(2);
			assertThat(all.<Integer>read("$.sessions.items.length()")).isEqualTo(2);
			assertThat(read("?size=1&page=1").<Integer>read("$.sessions.items.length()")).isEqualTo(1);
			assertThat(read("?size=1&page=2").<Integer>read("$.sessions.items.length()")).isZero();
			List<String> ids = all.read("$.sessions.items[*].id");
			assertThat(ids).isSorted();
			assertThat(read("?size=1").<String>read("$.sessions.next")).isEqualTo(ids.get(0));
			DocumentContext second = read("?size=1&after=" + ids.get(0));
			assertThat(second.<List<String>>read("$.sessions.items[*].id")).containsExactly(ids.get(1));
			assertThat(second.<Integer>read("$.sessions.total")).isEqualTo(2);
			assertThat(second.<String>read("$.sessions.next")).isNull();
			DocumentContext some = read("?principal=alan");
			assertThat(some.<Integer>read("$.sessions.total")).isEqualTo(1);
			assertThat(some.<String>read("$.sessions.items[0].path")).isEqualTo("/b/x");
			assertThat(some.<String>read("$.sessions.items[0].endpoint")).isEqualTo("/b/{name}");
			assertThat(some.<String>read("$.sessions.items[0].remoteAddress")).startsWith("127.0.0.1:");
			assertThat(read("?endpoint=/a").<String>read("$.sessions.items[0].principal")).isEqualTo("ada");
			int before = read("").<List<Integer>>read("$.endpoints[?(@.path == '/a')].messagesIn").get(0);
			one.send("1").nextText();
			assertThat(read("").<List<Integer>>read("$.endpoints[?(@.path == '/a')].messagesIn"))
				.containsExactly(before + 1);
			assertThat(two.close(CloseStatus.NORMAL).code()).isEqualTo(1000);
		}
	}

	@Test
	void showsOneSession() throws Exception {
		try (WsTestClient client = open("/a?user=ada")) {
			String id = read("").read("$.sessions.items[0].id");
			client.send("hello").nextText();
			DocumentContext session = read("/" + id);
			assertThat(session.<String>read("$.principal")).isEqualTo("ada");
			assertThat(session.<String>read("$.state")).isEqualTo("OPEN");
			assertThat(session.<String>read("$.endpoint")).isEqualTo("/a");
			assertThat(Duration.parse(session.read("$.age"))).isPositive();
			assertThat(Duration.parse(session.read("$.idle"))).isBetween(Duration.ZERO,
					Duration.parse(session.read("$.age")));
			assertThat(session.<String>read("$.roundTrip")).isNull();
			assertThat(session.<Integer>read("$.messagesIn")).isEqualTo(1);
			assertThat(session.<Integer>read("$.messagesOut")).isEqualTo(2);
			assertThat(session.<Integer>read("$.bytesIn")).isEqualTo(5);
			assertThat(session.<Integer>read("$.bytesOut")).isEqualTo(9);
			assertThat(session.<Boolean>read("$.congested")).isFalse();
			assertThat(session.<String>read("$.carrier")).isEqualTo("LISTENER");
			assertThat(session.<String>read("$.compression")).isNull();
			// what sends a reply is done with it shortly after it is there
			await().untilAsserted(() -> assertThat(read("/" + id).<Integer>read("$.pendingCalls")).isZero());
			await().untilAsserted(() -> assertThat(read("/" + id).<Integer>read("$.queuedBytes")).isZero());
			assertThat(client.close(CloseStatus.NORMAL).code()).isEqualTo(1000);
		}
		assertThat(get("/0").statusCode()).isEqualTo(404);
	}

	@Test
	void refusesPagesThatCannotBe() throws Exception {
		assertThat(get("?size=1001").statusCode()).isEqualTo(400);
		assertThat(get("?page=-1").statusCode()).isEqualTo(400);
	}

	@Test
	void changesNothingByDefault() throws Exception {
		try (WsTestClient client = open("/a?user=ada")) {
			String id = read("").read("$.sessions.items[0].id");
			assertThat(delete("/" + id).statusCode()).isEqualTo(405);
			assertThat(delete("?endpoint=/a").statusCode()).isEqualTo(405);
			assertThat(post("/" + id, "{\"trafficLog\": true}").statusCode()).isEqualTo(405);
			assertThat(client.send("still there").nextText()).isEqualTo("still there");
		}
	}

	private WsTestClient open(String pathAndQuery) throws InterruptedException {
		WsTestClient client = WsTestClient.connect(this.wsPort, pathAndQuery);
		assertThat(client.nextText()).isEqualTo("open");
		return client;
	}

	private DocumentContext read(String rest) throws Exception {
		HttpResponse<String> response = get(rest);
		assertThat(response.statusCode()).isEqualTo(200);
		return JsonPath.parse(response.body());
	}

	private HttpResponse<String> get(String rest) throws Exception {
		return send(HttpRequest.newBuilder(uri(rest)).build());
	}

	private HttpResponse<String> delete(String rest) throws Exception {
		return send(HttpRequest.newBuilder(uri(rest)).DELETE().build());
	}

	private HttpResponse<String> post(String rest, String json) throws Exception {
		return send(HttpRequest.newBuilder(uri(rest))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build());
	}

	private URI uri(String rest) {
		return URI.create("http://127.0.0.1:" + this.httpPort + "/actuator/websockets" + rest);
	}

	private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
	}

	@Nested
	@TestPropertySource(properties = "management.endpoint.websockets.access=unrestricted")
	class Unrestricted {

		@Test
		void closesOne() throws Exception {
			try (WsTestClient client = open("/a?user=ada")) {
				String id = read("").read("$.sessions.items[0].id");
				assertThat(delete("/" + id + "?code=4001&reason=goodbye").statusCode()).isEqualTo(204);
				assertThat(client.closeStatus().code()).isEqualTo(4001);
			}
			assertThat(delete("/0").statusCode()).isEqualTo(404);
		}

		@Test
		void closesMany() throws Exception {
			try (WsTestClient one = open("/a?user=ada");
					WsTestClient two = open("/a?user=alan");
					WsTestClient three = open("/b/x?user=ada")) {
				HttpResponse<String> response = delete("?endpoint=/a&principal=ada");
				assertThat(response.body()).isEqualTo("{\"closed\":1}");
				assertThat(one.closeStatus().code()).isEqualTo(1008);
				assertThat(two.send("still there").nextText()).isEqualTo("still there");
				assertThat(three.send("still there").nextText()).isEqualTo("still there");
			}
		}

		@Test
		void logsTheTrafficOfOne(CapturedOutput output) throws Exception {
			try (WsTestClient client = open("/a?user=ada"); WsTestClient other = open("/a?user=alan")) {
				String id = read("?principal=ada").read("$.sessions.items[0].id");
				assertThat(post("/" + id, "{\"trafficLog\": true, \"payload\": 5}").statusCode()).isEqualTo(204);
				assertThat(read("").<List<String>>read("$.logged")).containsExactly(id);
				other.send("nobody sees this").nextText();
				client.send("hello\nworld").nextText();
				await().untilAsserted(
						() -> assertThat(output.getAll())
							.contains("session " + id + " in text 11 \"hello\"...",
									"session " + id + " out text 11 \"hello\"...")
							.doesNotContain("nobody sees this"));
				assertThat(post("/" + id, "{\"trafficLog\": false}").statusCode()).isEqualTo(204);
				assertThat(read("").<List<String>>read("$.logged")).isEmpty();
				assertThat(post("/" + id, "{\"trafficLog\": true, \"payload\": 4097}").statusCode()).isEqualTo(400);
				assertThat(post("/" + id, "{}").statusCode()).isEqualTo(400);
				assertThat(post("/0", "{\"trafficLog\": true}").statusCode()).isEqualTo(404);
			}
		}

		@Test
		void refusesToCloseAllOrWithACodeThatMustNotBeSent() throws Exception {
			try (WsTestClient client = open("/a?user=ada")) {
				assertThat(delete("").statusCode()).isEqualTo(400);
				assertThat(delete("?endpoint=/a&code=1006").statusCode()).isEqualTo(400);
				assertThat(delete("?endpoint=/a&code=99999").statusCode()).isEqualTo(400);
				assertThat(client.send("still there").nextText()).isEqualTo("still there");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ A.class, B.class })
	static class App {

	}

	private static HandshakeDecision asNamedInQuery(HandshakeRequest request) {
		String name = request.queryParam("user").orElseThrow();
		return HandshakeDecision.accept().withPrincipal(() -> name);
	}

	@WsEndpoint("/a")
	static class A {

		@OnHandshake
		HandshakeDecision decide(HandshakeRequest request) {
			return asNamedInQuery(request);
		}

		@OnOpen
		String open() {
			return "open";
		}

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@WsEndpoint("/b/{name}")
	static class B {

		@OnHandshake
		HandshakeDecision decide(HandshakeRequest request) {
			return asNamedInQuery(request);
		}

		@OnOpen
		String open() {
			return "open";
		}

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

}
