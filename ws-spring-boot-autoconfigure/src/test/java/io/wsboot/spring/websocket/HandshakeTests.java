package io.wsboot.spring.websocket;

import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.RawClient.Response;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.websocket.Application.Container;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.HttpSessionHandshakeInterceptor;
import org.springframework.web.socket.sockjs.transport.handler.WebSocketTransportHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Handshakes as an application may configure them with Spring. */
@Timeout(60)
@ParameterizedClass
@EnumSource(mode = Mode.EXCLUDE, names = "JETTY_WIRE")
class HandshakeTests {

	private static final Telling handler = new Telling();

	private static final Interceptor interceptor = new Interceptor();

	private static Application application;

	HandshakeTests(Container container) {
		assertThat(container).isNotNull();
	}

	@BeforeParameterizedClassInvocation
	static void start(Container container) {
		application = Application.run(container, Handlers.class);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	/** Whatever became of handshakes, nothing stays reserved for them. */
	@AfterEach
	void nothingIsLeft() {
		await().until(() -> application.server()
			.stats()
			.endpoints()
			.stream()
			.mapToLong(EndpointStats::connections)
			.sum() == 0);
		assertThat(interceptor.calls).isEmpty();
	}

	private static Response ask(String path, String... lines) {
		try (RawClient client = RawClient.connect(application.port)) {
			client.send(RawClient.head(path, lines));
			return client.readResponse();
		}
	}

	@Test
	void headersOfAnInterceptorAreInTheAnswer() {
		Response answer = ask("/intercepted/yes");
		assertThat(answer.status()).isEqualTo(101);
		assertThat(answer.headers()).containsEntry("x-intercepted", "yes")
			.containsEntry("set-cookie", "seen=1; Path=/")
			.containsKey("sec-websocket-accept")
			.doesNotContainKey("sec-websocket-protocol");
		expectLetPass();
	}

	/** The interceptor may be told behind the answer. */
	private static void expectLetPass() {
		assertThat(interceptor.next()).isEqualTo("before");
		assertThat(interceptor.next()).isEqualTo("after 101 null");
	}

	@ParameterizedTest
	@CsvSource({ "silent, 200", "forbidden, 403", "throwing, 500" })
	void anInterceptorMayRefuse(String how, int status) {
		assertThat(ask("/intercepted/" + how).status()).isEqualTo(status);
		assertThat(interceptor.next()).isEqualTo("before");
		assertThat(ask("/intercepted/yes").status()).isEqualTo(101);
		expectLetPass();
	}

	@Test
	void anInterceptorThatFailsAfterwardsDoesNoHarm() {
		try (WsTestClient client = application.connect("/intercepted/late")) {
			expectLetPass();
			assertThat(client.send("x").nextText()).isEqualTo("x");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/listed, https://good.example, 101", "/listed, https://evil.example, 403",
			"/pattern, https://www.example.org, 101", "/pattern, https://www.example.com, 403",
			"/pattern, http://localhost:7, 101", "/any, https://evil.example, 101", "/same, https://evil.example, 403",
			"/same, http://localhost:7, 403", "/same, http://localhost, 101" })
	void originsAreSpringsToJudge(String path, String origin, int status) {
		assertThat(ask(path, "Origin: " + origin).status()).isEqualTo(status);
		assertThat(ask(path).status()).as("without an origin").isEqualTo(101);
	}

	@Test
	void pagesOfTheSameHostMayConnect() {
		try (RawClient client = RawClient.connect(application.port)) {
			String host = "localhost:" + application.port;
			client.send(RawClient.head("/same", "Origin: http://" + host).replace("Host: localhost", "Host: " + host));
			assertThat(client.readResponse().status()).isEqualTo(101);
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", value = { "'foo', foo", "'x, BAR, foo', BAR", "'x', none" })
	void subprotocolsOfTheHandshakeHandlerAreSpoken(String offered, String chosen) {
		assertThat(ask("/protocols", "Sec-WebSocket-Protocol: " + offered).headers().get("sec-websocket-protocol"))
			.isEqualTo(chosen);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/own", "/injected", "/protocols" })
	void aHandshakeHandlerOfTheApplicationsIsAsked(String path) {
		try (WsTestClient client = WsTestClient.builder().header("X-User", "ann").connect(application.port, path)) {
			String[] told = client.send("tell").nextText().split(" ");
			assertThat(told).startsWith("EngineWebSocketSession", "ann");
			assertThat(application.server().sessions().find(told[2]).orElseThrow().endpoint()).isEqualTo(path);
		}
	}

	@Test
	void attributesOfTheHttpSessionAreCopied() {
		String cookie;
		try (RawClient client = RawClient.connect(application.port)) {
			client.send("GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n");
			cookie = client.readResponse().headers().get("set-cookie");
		}
		String id = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
		try (RawClient client = RawClient.connect(application.port)
			.handshake("/with-session", "Cookie: JSESSIONID=" + id)) {
			client.sendText("tell");
			assertThat(client.readText())
				.endsWith(" {HTTP.SESSION.ID=" + id.replaceFirst("\\.node0$", "") + ", cart=7}"); // Jetty's
		}
	}

	@Test
	void anUnsolicitedPongWithoutPayloadIsAMessage() {
		try (RawClient client = RawClient.open(application.port, "/any")) {
			client.send(RawClient.frame(0x80 | RawClient.PONG));
			assertThat(client.readText()).isEqualTo("a pong of 0 bytes");
			client.expectEcho("and no error");
		}
	}

	@Test
	void framesBehindTheRequestAreRead() {
		try (RawClient client = RawClient.connect(application.port)) {
			client.send(RawClient.join(RawClient.head("/intercepted/yes").getBytes(), RawClient.textFrame("early")));
			client.expectSwitch();
			assertThat(client.readText()).isEqualTo("early");
			expectLetPass();
		}
	}

	@Test
	void aBrokenHandshakeIsAnsweredAsSpringDoes() {
		assertThat(broken("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 12")).satisfies((answer) -> {
			assertThat(answer.status()).isEqualTo(426);
			assertThat(answer.headers()).containsEntry("sec-websocket-version", "13");
		});
		assertThat(broken("Upgrade: websocket", "Upgrade: other").status()).isEqualTo(400);
		assertThat(broken("Connection: Upgrade", "Connection: keep-alive").status()).isEqualTo(400);
		assertThat(broken("Sec-WebSocket-Key", "X-Key").status()).isEqualTo(400);
		assertThat(broken("GET", "PUT").status()).isEqualTo(405);
	}

	private static Response broken(String part, String by) {
		try (RawClient client = RawClient.connect(application.port)) {
			client.send(RawClient.head("/any").replace(part, by).replace("\r\n\r\n", "\r\nContent-Length: 0\r\n\r\n"));
			Response answer = client.readResponse();
			assertThat(answer.status()).as(by).isNotEqualTo(101);
			return answer;
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sockjs/websocket", "/sockjs-chosen/websocket" })
	void sockJsIsServedWithoutItsFraming(String path) {
		try (WsTestClient client = application.connect(path)) {
			assertThat(client.send("x").nextText()).isEqualTo("x");
			assertThat(application.server().sessions().stream().map(WsSession::endpoint))
				.contains(path.split("/w")[0] + "/**");
		}
	}

	/** Echoes, and tells of sessions and Pongs. */
	static final class Telling extends TextWebSocketHandler {

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
			Principal user = session.getPrincipal();
			session.sendMessage(!message.getPayload().equals("tell") ? message
					: new TextMessage(session.getClass().getSimpleName() + " " + ((user != null) ? user.getName() : "-")
							+ " " + session.getId() + " " + new TreeMap<>(session.getAttributes())));
		}

		@Override
		protected void handlePongMessage(WebSocketSession session, PongMessage message) throws IOException {
			session.sendMessage(new TextMessage("a pong of " + message.getPayloadLength() + " bytes"));
		}

	}

	/** Does on request what an interceptor may do. */
	static class Interceptor implements HandshakeInterceptor {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		String next() {
			try {
				return String.valueOf(this.calls.poll(10, TimeUnit.SECONDS));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				Map<String, Object> attributes) {
			this.calls.add("before");
			response.getHeaders().add("X-Intercepted", "yes");
			response.getHeaders().add("Set-Cookie", "seen=1; Path=/");
			String path = request.getURI().getPath();
			if (path.endsWith("forbidden")) {
				response.setStatusCode(HttpStatus.FORBIDDEN);
			}
			if (path.endsWith("throwing")) {
				throw new IllegalStateException("for the test");
			}
			return path.endsWith("yes") || path.endsWith("late");
		}

		@Override
		public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				Exception exception) {
			int status = ((ServletServerHttpResponse) response).getServletResponse().getStatus();
			this.calls.add("after " + status + " " + exception);
			if (request.getURI().getPath().endsWith("late")) {
				throw new IllegalStateException("for the test");
			}
		}

	}

	/** Names users after a header field. */
	static class Naming extends DefaultHandshakeHandler {

		Naming() {
		}

		Naming(RequestUpgradeStrategy strategy) {
			super(strategy);
		}

		@Override
		protected Principal determineUser(ServerHttpRequest request, WebSocketHandler handler,
				Map<String, Object> attributes) {
			String name = request.getHeaders().getFirst("X-User");
			return (name != null) ? () -> name : null;
		}

	}

	@RestController
	static class Login {

		@GetMapping("/login")
		String login(HttpSession session) {
			session.setAttribute("cart", 7);
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Handlers {

		@Bean
		Login login() {
			return new Login();
		}

		@Bean
		WebSocketConfigurer handlers(RequestUpgradeStrategy strategy) {
			Naming injected = new Naming(strategy);
			HandshakeHandler own = injected::doHandshake;
			Naming protocols = new Naming();
			protocols.setSupportedProtocols("foo", "bar", "baz");
			return (registry) -> {
				registry.addHandler(handler, "/intercepted/*").addInterceptors(interceptor).setAllowedOrigins("*");
				registry.addHandler(handler, "/listed").setAllowedOrigins("https://good.example");
				registry.addHandler(handler, "/pattern")
					.setAllowedOriginPatterns("https://*.example.org", "http://localhost:[*]");
				registry.addHandler(handler, "/any").setAllowedOriginPatterns("*");
				registry.addHandler(handler, "/same");
				registry.addHandler(handler, "/protocols").setHandshakeHandler(protocols);
				registry.addHandler(handler, "/own").setHandshakeHandler(own);
				registry.addHandler(handler, "/injected").setHandshakeHandler(injected);
				registry.addHandler(handler, "/with-session").addInterceptors(new HttpSessionHandshakeInterceptor());
				registry.addHandler(handler, "/sockjs").withSockJS();
				registry.addHandler(handler, "/sockjs-chosen")
					.withSockJS()
					.setTransportHandlerOverrides(new WebSocketTransportHandler(injected));
			};
		}

	}

}
