package io.wsboot.spring.websocket;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.WsSession;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.websocket.Application.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.PerConnectionWebSocketHandler;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Handlers that an application has registered with {@code @EnableWebSocket}. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class SharedPortTests {

	private static final RecordingHandler handler = new RecordingHandler();

	private static final RecordingHandler parts = new RecordingHandler(true, RecordingHandler::echo);

	private static final RecordingHandler failing = new RecordingHandler(false, (session, message) -> {
		throw new IllegalStateException("for the test");
	});

	private static final Interceptor interceptor = new Interceptor();

	private static Container container;

	private static Application application;

	SharedPortTests(Container container) {
		assertThat(container).isEqualTo(SharedPortTests.container);
	}

	@BeforeParameterizedClassInvocation
	static void start(Container shared) {
		container = shared;
		List.of(handler, parts, failing).forEach(RecordingHandler::clear);
		application = Application.run(container, Handlers.class, "ws.server.compression.enabled=true");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@Test
	void aMessageIsEchoedAndTheSessionIsTheServers() throws Exception {
		try (WsTestClient client = application.connect("/echo")) {
			WebSocketSession session = handler.session();
			handler.expect("open");
			assertThat(client.send("hello").nextText()).isEqualTo("hello");
			handler.expect("text hello");
			assertThat(client.send(new byte[] { 1, 2 }).nextBinary()).containsExactly(1, 2);
			handler.expect("binary 2");
			WsSession own = session(session.getId());
			assertThat(own.endpoint()).isEqualTo("/echo");
			assertThat(SessionStats.of(own).carrier()).isEqualTo(container.carrier);
			assertThat(((EngineWebSocketSession) session).getNativeSession(WsSession.class)).isSameAs(own);
			client.close(io.wsboot.CloseStatus.of(4001).withReason("bye"));
			handler.expect("closed 4001 bye");
			assertThat(session.isOpen()).isFalse();
		}
	}

	@Test
	void theSessionKnowsItsHandshake() throws Exception {
		try (WsTestClient client = WsTestClient.builder()
			.header("X-Test", "a")
			.header("x-test", "b")
			.connect(application.port, "/users/smith?room=%C3%A9&x=1")) {
			WebSocketSession session = handler.session();
			assertThat(session.getUri()).isEqualTo(URI.create(client(session) + "/users/smith?room=%C3%A9&x=1"));
			assertThat(session.getHandshakeHeaders().get("X-TEST")).containsExactly("a", "b");
			assertThatThrownBy(() -> session.getHandshakeHeaders().add("a", "b"))
				.isInstanceOf(UnsupportedOperationException.class);
			assertThat(session.getAttributes()).containsOnly(Map.entry("seen", "before"));
			assertThat(session.getPrincipal()).isNotNull().extracting(Principal::getName).isEqualTo("smith");
			assertThat(session.getLocalAddress().getPort()).isEqualTo(application.port);
			assertThat(session.getRemoteAddress().getPort()).isPositive();
			assertThat(session.getRemoteAddress().getAddress().isLoopbackAddress()).isTrue();
			assertThat(session.getAcceptedProtocol()).isNull();
			assertThat(session.getExtensions()).isEmpty();
			assertThat(session.getId()).isEqualTo(session.getId());
			assertThat(session.toString()).contains(session.getId());
			assertThat(session(session.getId()).endpoint()).isEqualTo("/users/*");
			assertThat(application.server().stats().endpoints()).filteredOn((each) -> each.path().equals("/users/*"))
				.hasSizeLessThanOrEqualTo(1);
			handler.expect("open");
			client.close(io.wsboot.CloseStatus.NORMAL);
			handler.expect("closed 1000");
		}
	}

	private WsSession session(String id) {
		return application.server().sessions().find(id).orElseThrow();
	}

	private static String client(WebSocketSession session) {
		return "ws://" + session.getHandshakeHeaders().getFirst("Host");
	}

	@Test
	void interceptorsAreAskedBeforeAndToldAfterwards() throws Exception {
		interceptor.calls.clear();
		WsTestClient.builder().connect(application.port, "/users/jones").close();
		assertThat(interceptor.calls.poll(10, TimeUnit.SECONDS)).isEqualTo("before");
		assertThat(interceptor.calls.poll(10, TimeUnit.SECONDS)).isEqualTo("after null");
		handler.expect("open", "closed 1000");
		handler.session();
		HandshakeRefusedException refused = WsTestClient.refusal(application.port, "/users/nobody");
		assertThat(refused.status()).isEqualTo(403);
	}

	@Test
	void theFirstSubprotocolOfTheClientsThatTheHandlerSpeaksIsChosen() throws Exception {
		try (WsTestClient client = WsTestClient.builder()
			.subprotocols("v0.chat", "V2.chat", "v1.chat")
			.connect(application.port, "/echo")) {
			WebSocketSession session = handler.session();
			assertThat(client.subprotocol()).contains("V2.chat");
			assertThat(session.getAcceptedProtocol()).isEqualTo("V2.chat");
			handler.expect("open");
		}
		handler.next();
	}

	@Test
	void originsAreSpringsToJudge() throws Exception {
		assertThat(WsTestClient.builder()
			.header("Origin", "https://evil.example")
			.refusal(application.port, "/echo")
			.status()).isEqualTo(403);
		WsTestClient.builder().header("Origin", "https://good.example").connect(application.port, "/echo").close();
		handler.session();
		handler.expect("open", "closed 1000");
	}

	@Test
	void pingsAndPongsComeAndGo() throws Exception {
		try (WsTestClient client = application.connect("/echo")) {
			WebSocketSession session = handler.session();
			session.sendMessage(new PingMessage(bytes("are you there")));
			client.pong("yes".getBytes(StandardCharsets.UTF_8));
			handler.expect("open");
			assertThat(List.of(handler.next(), handler.next())).containsExactlyInAnyOrder("pong are you there",
					"pong yes");
			session.sendMessage(new PongMessage(bytes("alive")));
			assertThat(client.nextPong()).asString(StandardCharsets.UTF_8).isEqualTo("alive");
		}
		handler.next();
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aMessageBeyondTheSessionsLimitClosesWith1009() throws Exception {
		try (WsTestClient client = application.connect("/echo")) {
			WebSocketSession session = handler.session();
			assertThat(session.getTextMessageSizeLimit()).isEqualTo(256 * 1024);
			session.setTextMessageSizeLimit(200);
			session.setBinaryMessageSizeLimit(100);
			assertThat(client.send("x".repeat(200)).nextText()).hasSize(200);
			client.send(new byte[101]);
			assertThat(client.closeStatus().code()).isEqualTo(1009);
			handler.expect("open", "text 200", "closed 1009 more than 100 bytes");
		}
	}

	@Test
	void aMessageBeyondTheServersLimitClosesWith1009() throws Exception {
		try (WsTestClient client = application.connect("/echo")) {
			handler.session();
			client.send(new byte[256 * 1024 + 1]);
			assertThat(client.closeStatus().code()).isEqualTo(1009);
			handler.expect("open");
			assertThat(handler.next()).startsWith("closed 1009");
		}
	}

	@Test
	void partsComeAndGoAsParts() throws Exception {
		try (WsTestClient client = application.connect("/parts")) {
			WebSocketSession session = parts.session();
			client.sendPart("hel", false).sendPart("lo", true);
			assertThat(client.nextText()).isEqualTo("hello");
			client.sendPart(new byte[1000], false).sendPart(new byte[] { 1 }, true);
			assertThat(client.nextBinary()).hasSize(1001);
			assertThat(client.send("whole").nextText()).isEqualTo("whole");
			parts.expect("open", "text hel ...", "text lo");
			session.sendMessage(new TextMessage("\uD83D", false));
			assertThatIllegalStateException().isThrownBy(() -> session.sendMessage(new BinaryMessage(bytes("x"))));
			session.sendMessage(new PingMessage());
			session.sendMessage(new TextMessage("\uDE00", true));
			assertThat(client.nextText()).isEqualTo("\uD83D\uDE00");
			session.sendMessage(new TextMessage("", false));
			session.sendMessage(new TextMessage("", true));
			assertThat(client.nextText()).isEmpty();
		}
	}

	@Test
	void anExceptionOfTheHandlersClosesWith1011() throws Exception {
		try (WsTestClient client = application.connect("/failing")) {
			client.send("x");
			assertThat(client.closeStatus().code()).isEqualTo(1011);
			failing.expect("open", "text x", "closed 1011");
		}
	}

	@Test
	void aLostConnectionIsATransportErrorAndThenClosedWith1006() throws Exception {
		SlowClient client = new SlowClient(application.port, "/echo");
		WebSocketSession session = handler.session();
		client.reset();
		handler.expect("open", "error", "closed 1006");
		assertThat(session.isOpen()).isFalse();
		assertThatThrownBy(() -> session.sendMessage(new TextMessage("late"))).isInstanceOf(java.io.IOException.class);
	}

	@Test
	void aCloseWithoutACodeIs1005AndABrokenProtocol1002() throws Exception {
		try (SlowClient client = new SlowClient(application.port, "/echo")) {
			client.send(0x88, new byte[0]);
			handler.expect("open", "closed 1005");
		}
		try (SlowClient client = new SlowClient(application.port, "/echo")) {
			client.send(0xF1, new byte[0]);
			handler.expect("open");
			assertThat(handler.next()).startsWith("closed 1002");
		}
		handler.session();
		handler.session();
	}

	@Test
	void aCodeThatMustNotBeSentIsSentAs1002() throws Exception {
		try (WsTestClient client = application.connect("/echo")) {
			handler.session().close(CloseStatus.NO_CLOSE_FRAME);
			assertThat(client.closeStatus().code()).isEqualTo(1002);
			handler.expect("open", "closed 1002");
		}
		try (WsTestClient client = application.connect("/echo")) {
			handler.session().close(CloseStatus.SESSION_NOT_RELIABLE);
			assertThat(client.closeStatus().code()).isEqualTo(4500);
			handler.expect("open");
			assertThat(handler.next()).startsWith("closed 4500");
		}
	}

	@Test
	void aBinaryMessageCanBeSentTwice() throws Exception {
		try (WsTestClient client = application.connect("/echo")) {
			WebSocketSession session = handler.session();
			BinaryMessage message = new BinaryMessage(bytes("twice"));
			session.sendMessage(message);
			session.sendMessage(message);
			assertThat(client.nextBinary()).asString(StandardCharsets.UTF_8).isEqualTo("twice");
			assertThat(client.nextBinary()).asString(StandardCharsets.UTF_8).isEqualTo("twice");
			handler.expect("open");
		}
		handler.next();
	}

	@Test
	void aHandlerPerConnectionIsMadeForEach() throws Exception {
		try (WsTestClient one = application.connect("/each"); WsTestClient two = application.connect("/each")) {
			assertThat(one.send("x").nextText()).isEqualTo("1");
			assertThat(one.send("x").nextText()).isEqualTo("2");
			assertThat(two.send("x").nextText()).isEqualTo("1");
		}
	}

	@Test
	void handlersMayBlockAsTheyRunOnWorkers() throws Exception {
		try (WsTestClient client = application.connect("/thread")) {
			assertThat(client.send("x").nextText()).doesNotContain("loop");
		}
	}

	@Test
	void aStrategyOfTheApplicationsChoiceStays() {
		assumeThat(container.isTomcat()).as("has the standard API").isTrue();
		try (WsTestClient client = application.connect("/chosen")) {
			assertThat(client.send("x").nextText()).contains("StandardWebSocketSession");
		}
	}

	@Test
	void aRequestHandlerThatIsABeanIsServedToo() throws Exception {
		try (WsTestClient client = application.connect("/bean")) {
			assertThat(client.send("x").nextText()).contains("EngineWebSocketSession");
		}
	}

	@Test
	void theServersOwnLimitsAreAnsweredAsTheServerDoes() {
		await().until(() -> application.server().sessions().count() == 0);
		application.server().drain();
		try {
			assertThat(WsTestClient.refusal(application.port, "/echo").status()).isEqualTo(503);
		}
		finally {
			application.close();
			start(container);
		}
	}

	/** Adds an attribute, and refuses nobody. */
	static class Interceptor implements HandshakeInterceptor {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		@Override
		public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				Map<String, Object> attributes) {
			this.calls.add("before");
			attributes.put("seen", "before");
			response.getHeaders().add("X-Intercepted", "yes");
			if (request.getURI().getPath().endsWith("nobody")) {
				response.setStatusCode(org.springframework.http.HttpStatus.FORBIDDEN);
				return false;
			}
			return true;
		}

		@Override
		public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				Exception exception) {
			this.calls.add("after " + exception);
		}

	}

	/** Names users after their path. */
	static class NamingHandshakeHandler extends DefaultHandshakeHandler {

		@Override
		protected Principal determineUser(ServerHttpRequest request, WebSocketHandler handler,
				Map<String, Object> attributes) {
			String path = request.getURI().getPath();
			return () -> path.substring(path.lastIndexOf('/') + 1);
		}

	}

	static class Counting extends TextWebSocketHandler {

		private int messages;

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
			session.sendMessage(new TextMessage(Integer.toString(++this.messages)));
		}

	}

	static class ThreadNaming extends TextWebSocketHandler {

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
			session.sendMessage(new TextMessage(Thread.currentThread().getName()));
		}

	}

	static class ClassNaming extends TextWebSocketHandler {

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
			session.sendMessage(new TextMessage(session.getClass().getName()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Handlers {

		@Bean
		Counting counting() {
			return new Counting();
		}

		@Bean
		WebSocketHttpRequestHandler beanHandler() {
			return new WebSocketHttpRequestHandler(new ClassNaming());
		}

		@Bean
		org.springframework.web.servlet.handler.SimpleUrlHandlerMapping beanMapping() {
			org.springframework.web.servlet.handler.SimpleUrlHandlerMapping mapping = new org.springframework.web.servlet.handler.SimpleUrlHandlerMapping();
			mapping.setUrlMap(Map.of("/bean", "beanHandler"));
			mapping.setOrder(0);
			return mapping;
		}

		@Bean
		WebSocketConfigurer handlers(org.springframework.beans.factory.BeanFactory beans) {
			return (registry) -> {
				PerConnectionWebSocketHandler each = new PerConnectionWebSocketHandler(Counting.class);
				each.setBeanFactory(beans);
				registry.addHandler(handler, "/echo").setAllowedOrigins("https://good.example");
				registry.addHandler(handler, "/users/*")
					.addInterceptors(interceptor)
					.setHandshakeHandler(new NamingHandshakeHandler());
				registry.addHandler(parts, "/parts");
				registry.addHandler(failing, "/failing");
				registry.addHandler(each, "/each");
				registry.addHandler(new ThreadNaming(), "/thread");
				registry.addHandler(new ClassNaming(), "/chosen")
					.setHandshakeHandler(new DefaultHandshakeHandler(new ChosenStrategy()));
			};
		}

	}

	static class ChosenStrategy extends StandardWebSocketUpgradeStrategy {

	}

}
