package io.wsboot.spring.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.RawClient;
import io.wsboot.server.RawClient.Response;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.websocket.Application.Container;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What handlers and sessions may rely on, as Spring documents it. */
@Timeout(60)
@ParameterizedClass
@EnumSource(mode = Mode.EXCLUDE, names = "JETTY_WIRE")
class SessionContractTests {

	private static final RecordingHandler echo = new RecordingHandler();

	private static final RecordingHandler closing = new Closing();

	private static final RecordingHandler greeting = new Greeting();

	private static final RecordingHandler failing = new Failing();

	private static Application application;

	SessionContractTests(Container container) {
		assertThat(container).isNotNull();
	}

	@BeforeParameterizedClassInvocation
	static void start(Container container) {
		application = Application.run(container, Handlers.class, "ws.server.compression.enabled=true");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	/** After the last session there is no event that the test has not expected. */
	@AfterEach
	void nothingIsLeft() throws InterruptedException {
		await().until(() -> application.server().sessions().count() == 0);
		application.connect("/echo").close();
		await().until(() -> application.server().sessions().count() == 0);
		echo.expect("open", "closed 1000");
		for (RecordingHandler handler : List.of(echo, closing, greeting, failing)) {
			handler.expectNothing();
		}
	}

	@Test
	void threadsMaySendAtTheSameTime() throws Exception {
		try (WsTestClient client = application.connect("/echo")) {
			WebSocketSession session = echo.session();
			List<Thread> threads = new ArrayList<>();
			for (int t = 0; t < 4; t++) {
				String name = "t" + t + " ";
				threads.add(new Thread(() -> {
					try {
						for (int i = 0; i < 250; i++) {
							session.sendMessage(new TextMessage(name + i));
						}
					}
					catch (IOException ex) {
						throw new IllegalStateException(ex);
					}
				}));
			}
			threads.forEach(Thread::start);
			int[] next = new int[4];
			for (int i = 0; i < 1000; i++) {
				String text = client.nextText();
				int thread = text.charAt(1) - '0';
				assertThat(text).isEqualTo("t" + thread + " " + next[thread]++);
			}
			echo.expect("open");
		}
		echo.expect("closed 1000");
	}

	@Test
	void aSenderWaitsForAClientThatReadsSlowly() throws Exception {
		try (SlowClient client = new SlowClient(application.port, "/echo")) {
			WebSocketSession session = echo.session();
			AtomicInteger sent = new AtomicInteger();
			Thread sender = new Thread(() -> {
				try {
					for (int i = 0; i < 800; i++) {
						session.sendMessage(new BinaryMessage(new byte[10_000]));
						sent.incrementAndGet();
					}
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			sender.start();
			await().until(() -> sender.getState() == Thread.State.WAITING);
			assertThat(sent.get()).isLessThan(800);
			for (int i = 0; i < 800; i++) {
				assertThat(client.readFrame()).isEqualTo(2);
			}
			sender.join(10_000);
			assertThat(sent).hasValue(800);
			session.close();
			assertThat(client.readFrame()).isEqualTo(8);
		}
		echo.expect("open", "closed 1000");
	}

	@Test
	void anyThreadMayCloseAndTheFirstCounts() throws Exception {
		try (WsTestClient client = application.connect("/echo")) {
			WebSocketSession session = echo.session();
			CountDownLatch go = new CountDownLatch(1);
			for (int t = 0; t < 4; t++) {
				CloseStatus status = new CloseStatus(4000 + t, "thread");
				new Thread(() -> {
					try {
						go.await();
						session.close(status);
					}
					catch (IOException | InterruptedException ex) {
						throw new IllegalStateException(ex);
					}
				}).start();
			}
			go.countDown();
			int code = client.closeStatus().code();
			assertThat(code).isBetween(4000, 4003);
			echo.expect("open", "closed " + code + " thread");
			assertThat(session.isOpen()).isFalse();
		}
	}

	@Test
	void aHandlerThatClosesIsToldOnce() throws Exception {
		try (WsTestClient client = application.connect("/closing")) {
			client.send("a").send("b");
			assertThat(client.closeStatus().toString()).isEqualTo("4001 enough");
			closing.expect("open", "text a", "closed 4001 enough");
		}
	}

	@Test
	void aHandlerMayCloseAtTheBeginning() throws Exception {
		try (RawClient client = RawClient.connect(application.port)) {
			client.send(RawClient.join(RawClient.head("/closing?first").getBytes(StandardCharsets.US_ASCII),
					RawClient.textFrame("unheard")));
			client.expectSwitch();
			client.expectClose(4003);
		}
		closing.expect("open", "closed 4003");
	}

	@Test
	void whatIsSentFirstArrivesFirst() throws Exception {
		try (RawClient client = RawClient.connect(application.port)) {
			client.send(RawClient.join(RawClient.head("/greeting").getBytes(StandardCharsets.US_ASCII),
					RawClient.textFrame("early")));
			client.expectSwitch();
			assertThat(client.readText()).isEqualTo("welcome");
			assertThat(client.readText()).isEqualTo("early");
			client.closeInOrder();
		}
		greeting.expect("open", "text early", "closed 1000");
	}

	@Test
	void limitsThatAHandlerSetsFirstHoldForTheFirstMessage() throws Exception {
		try (RawClient client = RawClient.connect(application.port)) {
			client.send(RawClient.join(RawClient.head("/greeting").getBytes(StandardCharsets.US_ASCII),
					RawClient.textFrame("x".repeat(101))));
			client.expectSwitch();
			assertThat(client.readText()).isEqualTo("welcome");
			client.expectClose(1009);
		}
		greeting.expect("open", "closed 1009 more than 100 characters");
	}

	@Test
	void anExceptionAtTheBeginningClosesWith1011AndOneAtTheEndDoesNoHarm() throws Exception {
		try (WsTestClient client = application.connect("/failing")) {
			assertThat(client.closeStatus().code()).isEqualTo(1011);
			failing.expect("open", "closed 1011");
		}
	}

	@Test
	void aTransportErrorWhoseHandlingFailsIsStillTheEnd() throws Exception {
		try (RawClient client = RawClient.open(application.port, "/failing?later")) {
			failing.expect("open");
			client.reset();
			failing.expect("error", "closed 1006");
		}
	}

	@Test
	void aClosedSessionStaysReadable() throws Exception {
		WsTestClient.builder().header("X-Test", "a").connect(application.port, "/echo?a=b").close();
		WebSocketSession session = echo.session();
		echo.expect("open", "closed 1000");
		assertThat(session.isOpen()).isFalse();
		assertThat(session.getHandshakeHeaders().getFirst("X-Test")).isEqualTo("a");
		assertThat(session.getUri().getQuery()).isEqualTo("a=b");
		assertThat(session.getRemoteAddress()).isNotNull();
		assertThat(session.getId()).hasSize(32);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> session.sendMessage(new TextMessage("late")));
		session.close();
	}

	@Test
	void theExtensionIsTold() throws Exception {
		try (RawClient client = RawClient.connect(application.port)) {
			client.send(RawClient.head("/echo",
					"Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; server_max_window_bits=10"));
			Response answer = client.expectSwitch();
			assertThat(answer.headers().get("sec-websocket-extensions")).startsWith("permessage-deflate");
			WebSocketSession session = echo.session();
			assertThat(session.getExtensions()).singleElement()
				.extracting(WebSocketExtension::getName)
				.isEqualTo("permessage-deflate");
			assertThat(session.getExtensions().get(0).getParameters()).containsKey("server_no_context_takeover");
			client.closeInOrder();
		}
		echo.expect("open", "closed 1000");
	}

	@Test
	void attributesAreTheSessionsOwn() throws Exception {
		try (WsTestClient one = application.connect("/echo"); WsTestClient two = application.connect("/echo")) {
			WebSocketSession first = echo.session();
			WebSocketSession second = echo.session();
			first.getAttributes().put("a", 1);
			assertThat(first.getAttributes()).containsOnly(Map.entry("a", 1));
			assertThat(second.getAttributes()).isEmpty();
			assertThat(first.getId()).isNotEqualTo(second.getId());
			assertThat(one.subprotocol()).isEqualTo(two.subprotocol());
		}
		echo.expect("open", "open", "closed 1000", "closed 1000");
	}

	@Test
	void aPingOfTheClientIsAnsweredAndNotTold() throws Exception {
		try (WsTestClient client = application.connect("/echo")) {
			client.ping("are you there".getBytes(StandardCharsets.US_ASCII));
			assertThat(client.nextPong()).asString(StandardCharsets.US_ASCII).isEqualTo("are you there");
			assertThat(client.send("x").nextText()).isEqualTo("x");
			echo.expect("open", "text x");
		}
		echo.expect("closed 1000");
	}

	/** Closes at the first message, or at once if it is told so. */
	static final class Closing extends RecordingHandler {

		Closing() {
			super(false, (session, message) -> {
				session.close(new CloseStatus(4001, "enough"));
				session.close(new CloseStatus(4002, "too late"));
			});
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			super.afterConnectionEstablished(session);
			if (session.getUri().getQuery() != null) {
				try {
					session.close(new CloseStatus(4003));
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

	}

	/** Limits messages, and speaks first. */
	static final class Greeting extends RecordingHandler {

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			super.afterConnectionEstablished(session);
			session.setTextMessageSizeLimit(100);
			try {
				session.sendMessage(new TextMessage("welcome"));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** Fails whenever it is called, but not at the beginning if it is told so. */
	static final class Failing extends RecordingHandler {

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			super.afterConnectionEstablished(session);
			if (session.getUri().getQuery() == null) {
				throw new IllegalStateException("for the test");
			}
		}

		@Override
		public void handleTransportError(WebSocketSession session, Throwable exception) {
			super.handleTransportError(session, exception);
			throw new IllegalStateException("for the test");
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
			super.afterConnectionClosed(session, status);
			throw new IllegalStateException("for the test");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Handlers {

		@Bean
		WebSocketConfigurer handlers() {
			return (registry) -> registry.addHandler(echo, "/echo")
				.addHandler(closing, "/closing")
				.addHandler(greeting, "/greeting")
				.addHandler(failing, "/failing");
		}

	}

}
