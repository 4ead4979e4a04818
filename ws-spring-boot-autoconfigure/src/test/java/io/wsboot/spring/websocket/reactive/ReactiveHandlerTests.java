package io.wsboot.spring.websocket.reactive;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.wsboot.server.spi.WsServerStats;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import io.wsboot.spring.reactor.FrameClient;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketMessage.Type;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.adapter.ReactorNettyWebSocketSession;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ReactiveHandlerTests {

	private static ConfigurableApplicationContext app;

	private static Handlers handlers;

	private static int port;

	@BeforeAll
	static void start() {
		app = start("--ws.server.max-message-size=4MB");
		handlers = app.getBean(Handlers.class);
		port = port(app);
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@BeforeEach
	void forget() {
		handlers.sessions.clear();
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(App.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.run(arguments);
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static WebSocketSession session() throws InterruptedException {
		WebSocketSession session = handlers.sessions.poll(20, TimeUnit.SECONDS);
		assertThat(session).isNotNull();
		return session;
	}

	@Test
	void messagesOfBothTypesComeAndGo() throws Exception {
		try (WsTestClient client = WsTestClient.connect(port, "/echo")) {
			assertThat(session()).isInstanceOf(ReactiveSession.class);
			client.send("grüße");
			assertThat(client.nextText()).isEqualTo("grüße");
			client.send(new byte[] { 1, 2, 3 });
			assertThat(client.nextBinary()).containsExactly(1, 2, 3);
			byte[] big = new byte[3_000_000];
			client.send(big);
			assertThat(client.nextBinary()).isEqualTo(big);
		}
	}

	@Test
	void theHandshakeIsTold() throws Exception {
		try (WsTestClient client = WsTestClient.builder()
			.subprotocols("b", "a")
			.header("X-User", "ann")
			.connect(port, "/echo?x=y")) {
			assertThat(client.subprotocol()).hasValue("b");
			WebSocketSession session = session();
			assertThat(session.getHandshakeInfo().getUri().getQuery()).isEqualTo("x=y");
			assertThat(session.getHandshakeInfo().getSubProtocol()).isEqualTo("b");
			assertThat(session.getHandshakeInfo().getPrincipal().map(Principal::getName).block()).isEqualTo("ann");
			assertThat(session.getHandshakeInfo().getHeaders().getFirst("x-user")).isEqualTo("ann");
			assertThat(session.getHandshakeInfo().getRemoteAddress().getAddress().isLoopbackAddress()).isTrue();
			assertThat(session.getId()).hasSize(32);
			assertThat(session.isOpen()).isTrue();
		}
	}

	@Test
	void metersKnowThePattern() throws Exception {
		try (WsTestClient client = WsTestClient.connect(port, "/rooms/one");
				WsTestClient other = WsTestClient.connect(port, "/rooms/two")) {
			assertThat(client.subprotocol()).isEqualTo(other.subprotocol()).isEmpty();
			session();
			session();
			assertThat(app.getBean(WsServerStats.class).endpoints())
				.filteredOn((endpoint) -> endpoint.path().equals("/rooms/{name}"))
				.extracting(EndpointStats::connections)
				.containsExactly(2L);
		}
	}

	@Test
	void theEndOfTheHandlerEndsTheSession() {
		try (WsTestClient client = WsTestClient.connect(port, "/once")) {
			assertThat(client.nextText()).isEqualTo("once");
			assertThat(client.closeStatus().code()).isEqualTo(1000);
		}
		try (WsTestClient client = WsTestClient.connect(port, "/failing")) {
			assertThat(client.closeStatus().code()).isEqualTo(1011);
		}
	}

	@Test
	void theHandlerClosesWithAStatus() throws Exception {
		try (WsTestClient client = WsTestClient.connect(port, "/demand")) {
			WebSocketSession session = session();
			session.close(new CloseStatus(4000, "enough")).block(Duration.ofSeconds(10));
			assertThat(client.closeStatus()).isEqualTo(io.wsboot.CloseStatus.of(4000).withReason("enough"));
			assertThat(session.closeStatus().block(Duration.ofSeconds(20))).isEqualTo(new CloseStatus(4000, "enough"));
		}
	}

	@Test
	void theClientsCloseIsToldWithoutDemand() throws Exception {
		WsTestClient client = WsTestClient.connect(port, "/demand");
		WebSocketSession session = session();
		client.close();
		assertThat(session.closeStatus().block(Duration.ofSeconds(20)).getCode()).isEqualTo(1000);
	}

	@Test
	void pongsAreReceived() throws Exception {
		try (WsTestClient client = WsTestClient.connect(port, "/demand")) {
			assertThat(client.subprotocol()).isEmpty();
			WebSocketSession session = session();
			session
				.send(Mono.just(session.pingMessage((buffers) -> buffers.wrap("hi".getBytes(StandardCharsets.UTF_8)))))
				.block(Duration.ofSeconds(20));
			Demanding demanding = handlers.demanding;
			demanding.request(1);
			WebSocketMessage pong = demanding.messages.poll(20, TimeUnit.SECONDS);
			assertThat(pong.getType()).isEqualTo(Type.PONG);
			assertThat(pong.getPayloadAsText()).isEqualTo("hi");
		}
	}

	@Test
	void withoutDemandTheClientWaits() throws Exception {
		try (WsTestClient client = WsTestClient.connect(port, "/demand")) {
			session();
			Demanding demanding = handlers.demanding;
			AtomicInteger sent = new AtomicInteger();
			int all = 200;
			Thread sender = new Thread(() -> {
				for (int i = 0; i < all; i++) {
					client.send(new byte[200_000]); // 40 MB, more than all buffers of the
													// sockets
					sent.incrementAndGet();
				}
			});
			sender.start();
			await().atMost(Duration.ofSeconds(20)).until(sent::get, (count) -> count > 0);
			await().atMost(Duration.ofSeconds(20)).during(Duration.ofMillis(500)).until(() -> sent.get() < all);
			assertThat(demanding.messages).isEmpty();
			demanding.request(3);
			await().atMost(Duration.ofSeconds(20)).until(() -> demanding.messages.size() == 3);
			assertThat(sent.get()).isLessThan(all);
			demanding.request(Long.MAX_VALUE);
			await().atMost(Duration.ofSeconds(20)).until(() -> demanding.messages.size() == all);
			sender.join();
		}
	}

	@Test
	void aSlowClientIsNotFlooded() throws Exception {
		try (FrameClient client = FrameClient.tcp(port, false).open("/flood")) {
			await().atMost(Duration.ofSeconds(20)).until(handlers.flooded::get, (count) -> count > 0);
			await().atMost(Duration.ofSeconds(20))
				.during(Duration.ofMillis(500))
				.until(() -> handlers.flooded.get() < Handlers.FLOOD);
			for (int i = 0; i < Handlers.FLOOD; i++) {
				assertThat(client.read(0x82)).hasSize(Handlers.SIZE);
			}
			await().atMost(Duration.ofSeconds(20)).until(() -> handlers.flooded.get() == Handlers.FLOOD);
		}
	}

	@Test
	void theContainerServesIfThatIsWanted() throws Exception {
		try (ConfigurableApplicationContext other = start("--ws.server.spring-websocket.enabled=false");
				WsTestClient client = WsTestClient.connect(port(other), "/echo")) {
			client.send("hello");
			assertThat(client.nextText()).isEqualTo("hello");
			assertThat(other.getBean(Handlers.class).sessions.poll(20, TimeUnit.SECONDS))
				.isInstanceOf(ReactorNettyWebSocketSession.class);
		}
	}

	@Test
	void theContainerServesIfThePortIsNotShared() throws Exception {
		try (ConfigurableApplicationContext other = start("--ws.server.port=0");
				WsTestClient client = WsTestClient.connect(port(other), "/echo")) {
			client.send("hello");
			assertThat(client.nextText()).isEqualTo("hello");
			assertThat(other.getBean(Handlers.class).sessions.poll(20, TimeUnit.SECONDS))
				.isInstanceOf(ReactorNettyWebSocketSession.class);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { JettyReactiveWebServerAutoConfiguration.class, TomcatReactiveWebServerAutoConfiguration.class })
	static class App {

		/** Else the end of one application ends the event loops of all. */
		@Bean
		ReactorResourceFactory resources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		}

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

		@Bean
		HandlerMapping handlerMapping(Handlers handlers) {
			return new SimpleUrlHandlerMapping(
					Map.of("/echo", handlers.echo, "/rooms/{name}", handlers.echo, "/once", handlers.once, "/failing",
							handlers.failing, "/demand", handlers.demand, "/flood", handlers.flood),
					Ordered.HIGHEST_PRECEDENCE);
		}

		@Bean
		WebFilter users() {
			return (exchange, chain) -> {
				String user = exchange.getRequest().getHeaders().getFirst("X-User");
				Principal principal = () -> user;
				return chain
					.filter((user == null) ? exchange : exchange.mutate().principal(Mono.just(principal)).build());
			};
		}

	}

	static final class Handlers {

		static final int FLOOD = 800, SIZE = 50_000;

		final BlockingQueue<WebSocketSession> sessions = new LinkedBlockingQueue<>();

		final AtomicLong flooded = new AtomicLong();

		volatile Demanding demanding = new Demanding();

		final WebSocketHandler echo = new WebSocketHandler() {

			@Override
			public List<String> getSubProtocols() {
				return List.of("b");
			}

			@Override
			public Mono<Void> handle(WebSocketSession session) {
				Handlers.this.sessions.add(session);
				return session.send(session.receive().doOnNext(WebSocketMessage::retain));
			}

		};

		final WebSocketHandler once = (session) -> session.send(Mono.just(session.textMessage("once")));

		final WebSocketHandler failing = (session) -> Mono.error(new IllegalStateException("as expected"));

		final WebSocketHandler demand = (session) -> {
			this.demanding = new Demanding();
			session.receive().subscribe(this.demanding);
			this.sessions.add(session);
			return Mono.never();
		};

		final WebSocketHandler flood = (session) -> {
			this.flooded.set(0);
			return session.send(Flux.range(0, FLOOD).map((number) -> {
				this.flooded.incrementAndGet();
				return session.binaryMessage((buffers) -> buffers.wrap(new byte[SIZE]));
			}));
		};

	}

	/** Takes what the test asks for. */
	static final class Demanding extends BaseSubscriber<WebSocketMessage> {

		final BlockingQueue<WebSocketMessage> messages = new LinkedBlockingQueue<>();

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// the test requests
		}

		@Override
		protected void hookOnNext(WebSocketMessage message) {
			this.messages.add(message);
		}

	}

}
