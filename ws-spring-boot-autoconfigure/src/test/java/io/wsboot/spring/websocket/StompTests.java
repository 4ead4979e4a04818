package io.wsboot.spring.websocket;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.wsboot.WsSession;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.websocket.Application.Container;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.springframework.core.SpringVersion;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;
import org.springframework.web.socket.sockjs.client.RestTemplateXhrTransport;
import org.springframework.web.socket.sockjs.client.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** STOMP, also over SockJS, on the port of a web server. */
@Timeout(120)
@ParameterizedClass
@EnumSource(mode = Mode.EXCLUDE, names = "JETTY_WIRE")
class StompTests {

	private static Container container;

	private static Application application;

	StompTests(Container container) {
		assertThat(container).isEqualTo(StompTests.container);
	}

	@BeforeParameterizedClassInvocation
	static void start(Container shared) {
		container = shared;
		application = Application.run(container, StompApplication.Broker.class);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@BeforeEach
	void nobody() {
		await().until(() -> application.server().sessions().count() == 0);
		StompApplication.EVENTS.clear();
	}

	/** The next event of a kind; a session before may yet be told to have ended. */
	private static String event(String kind) throws InterruptedException {
		String event = "";
		while (!event.startsWith(kind + " ")) {
			event = StompApplication.EVENTS.poll(20, TimeUnit.SECONDS);
			assertThat(event).as(kind).isNotNull();
		}
		return event;
	}

	private StompClient connect(String user) throws Exception {
		return StompClient.connect(application.url("/stomp"), user);
	}

	@Test
	void aMessageGoesToAllSubscribers() throws Exception {
		try (StompClient one = connect(null); StompClient two = connect(null)) {
			one.subscribe("/topic/lobby");
			two.subscribe("/topic/lobby");
			assertThat(one.answer("/app/shout/lobby", "hello")).isEqualTo("lobby: HELLO");
			assertThat(two.answer("/app/shout/lobby", "hello")).isEqualTo("lobby: HELLO");
			assertThat(anySession().endpoint()).isEqualTo("/stomp");
		}
	}

	private WsSession anySession() {
		return application.server().sessions().stream().findAny().orElseThrow();
	}

	@Test
	void aSubscriptionIsAnsweredAtOnce() throws Exception {
		try (StompClient client = connect(null)) {
			client.subscribe("/app/now");
			assertThat(client.next()).isEqualTo("first and second");
		}
	}

	@Test
	void usersHaveDestinationsAndSessionsHaveBeans() throws Exception {
		try (StompClient one = connect("one"); StompClient two = connect("two")) {
			one.subscribe("/user/queue/counts");
			two.subscribe("/user/queue/counts");
			await().until(() -> application.bean(SimpUserRegistry.class).getUserCount() == 2);
			await().until(() -> application.bean(SimpUserRegistry.class)
				.findSubscriptions((each) -> each.getDestination().equals("/user/queue/counts"))
				.size() == 2);
			String first = one.answer("/app/count", "");
			assertThat(first).matches("\\d \\d+");
			String second = two.answer("/app/count", "");
			assertThat(second).matches("\\d \\d+");
			application.bean(SimpMessagingTemplate.class).convertAndSendToUser("two", "/queue/counts", "for two");
			assertThat(two.next()).isEqualTo("for two");
		}
	}

	@Test
	void aBeanOfASessionIsItsOwn() throws Exception {
		for (int i = 0; i < 2; i++) {
			try (StompClient client = connect("anybody")) {
				client.subscribe("/user/queue/counts");
				client.subscribe("/app/now");
				assertThat(client.next()).contains("first"); // so the subscription before
																// is there
				client.send("/app/count", "");
				assertThat(client.next()).endsWith(" 1");
				client.send("/app/count", "");
				assertThat(client.next()).endsWith(" 2");
				StompApplication.EVENTS.clear();
			}
			assertThat(event("destroyed")).isEqualTo("destroyed 2");
		}
	}

	@Test
	void anExceptionIsToldToTheSessionAlone() throws Exception {
		try (StompClient client = connect("one")) {
			client.subscribe("/user/queue/errors");
			assertThat(client.answer("/app/fail", "for the test")).isEqualTo("failed: for the test");
		}
	}

	@Test
	void interceptorsAndListenersHearOfTheSession() throws Exception {
		try (StompClient client = connect("one")) {
			assertThat(client.isConnected()).isTrue();
			assertThat(event("decorated")).isEqualTo("decorated EngineWebSocketSession");
			assertThat(event("connect")).isEqualTo("connect hi");
			assertThat(event("connected")).isEqualTo("connected one");
			StompApplication.EVENTS.clear();
		}
		// the client closes behind its DISCONNECT, which Spring answers with ERROR and
		// 1002
		assertThat(event("disconnected")).isIn("disconnected 1000", "disconnected 1002");
	}

	@Test
	void heartbeatsKeepTheSessionAlive() throws Exception {
		try (StompClient client = connect(null)) {
			client.subscribe("/topic/quiet");
			assertThat(client.answer("/app/shout/quiet", "x")).isEqualTo("quiet: X");
			long received = io.wsboot.server.spi.SessionStats.of(anySession()).messagesIn();
			await().until(() -> io.wsboot.server.spi.SessionStats.of(anySession()).messagesIn() > received + 3);
			assertThat(client.isConnected()).isTrue();
		}
	}

	@Test
	void aClientWithoutHeartbeatsIsClosed() {
		try (WsTestClient client = WsTestClient.builder()
			.subprotocols("v12.stomp")
			.connect(application.port, "/stomp")) {
			client.send("CONNECT\naccept-version:1.2\nheart-beat:500,500\nhost:x\n\n\0");
			assertThat(client.nextText()).startsWith("CONNECTED");
			await().until(() -> application.server().sessions().count() == 0);
		}
	}

	@Test
	void aBigMessageMayComeInPartsUpToTheTransportsLimit() throws Exception {
		try (StompClient client = connect(null)) {
			client.subscribe("/topic/big");
			client.answer("/app/shout/big", "x");
			client.send("/app/shout/big", "y".repeat(30_000));
			String next = client.next();
			while (next.equals("big: X")) {
				next = client.next();
			}
			assertThat(next).hasSize(30_005);
		}
		try (WsTestClient client = WsTestClient.builder()
			.subprotocols("v12.stomp")
			.connect(application.port, "/stomp")) {
			client.send("CONNECT\naccept-version:1.2\nhost:x\n\n\0");
			assertThat(client.nextText()).startsWith("CONNECTED");
			client.send("SEND\ndestination:/app/shout/big\n\n" + "z".repeat(33_000) + "\0");
			assertThat(client.nextText()).startsWith("ERROR");
			assertThat(client.closeStatus().code()).isEqualTo(1002);
		}
	}

	@Test
	void aClientThatReadsTooSlowlyIsClosedByTheTransportsLimits() throws Exception {
		try (SlowClient client = new SlowClient(application.port, "/stomp")) {
			client.send(0x81, "CONNECT\naccept-version:1.2\nhost:x\n\n\0".getBytes(StandardCharsets.UTF_8));
			assertThat(client.readFrame()).isEqualTo(1);
			client.send(0x81, "SUBSCRIBE\nid:0\ndestination:/topic/flood\n\n\0".getBytes(StandardCharsets.UTF_8));
			SimpMessagingTemplate template = application.bean(SimpMessagingTemplate.class);
			SubProtocolWebSocketHandler handler = application.bean(SubProtocolWebSocketHandler.class);
			int before = handler.getStats().getLimitExceededSessions();
			String text = "x".repeat(20_000);
			await().atMost(Duration.ofSeconds(60)).until(() -> {
				for (int i = 0; i < 50; i++) {
					template.convertAndSend("/topic/flood", text);
				}
				return handler.getStats().getLimitExceededSessions() > before;
			});
			// Spring counts twice if two threads meet the limit at once
			await().atMost(Duration.ofSeconds(60)).until(() -> application.server().sessions().count() == 0);
		}
	}

	@Test
	void sockJsRunsOverWebSocketAndOverHttp() throws Exception {
		String url = application.url("/sockjs").replace("ws:", "http:");
		try (StompClient client = StompClient.sockJs(url, new WebSocketTransport(new StandardWebSocketClient()))) {
			client.subscribe("/topic/sock");
			assertThat(client.answer("/app/shout/sock", "a")).isEqualTo("sock: A");
			assertThat(anySession().endpoint()).isEqualTo("/sockjs/**");
			assertThat(application.server().sessions().count()).isOne();
		}
		try (StompClient client = StompClient.connect(application.url("/sockjs/websocket"), null)) {
			client.subscribe("/topic/raw");
			assertThat(client.answer("/app/shout/raw", "c")).isEqualTo("raw: C");
			assertThat(anySession().endpoint()).isEqualTo("/sockjs/**");
		}
		assertThat(application.server().stats().endpoints()).filteredOn((each) -> each.path().equals("/sockjs/**"))
			.hasSize(1);
		// Spring 7.0.8 answers xhr_send with 404, whoever serves its handlers
		assumeThat(SpringVersion.getVersion()).isNotEqualTo("7.0.8");
		try (StompClient client = StompClient.sockJs(url, new RestTemplateXhrTransport(new RestTemplate()))) {
			client.subscribe("/topic/xhr");
			assertThat(client.answer("/app/shout/xhr", "b")).isEqualTo("xhr: B");
		}
	}

	@Test
	void anApplicationThatStopsClosesWith1001() throws Exception {
		try (WsTestClient client = WsTestClient.builder()
			.subprotocols("v12.stomp")
			.connect(application.port, "/stomp")) {
			client.send("CONNECT\naccept-version:1.2\nhost:x\n\n\0");
			assertThat(client.nextText()).startsWith("CONNECTED");
			application.close();
			assertThat(client.closeStatus().code()).isEqualTo(1001);
		}
		finally {
			start(container);
		}
	}

}
