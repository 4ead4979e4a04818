package io.wsboot.spring.websocket.reactive;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.wsboot.server.RawClient;
import io.wsboot.server.RawClient.Response;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Spring's reactive clients with handlers on the server, in both directions. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class SpringClientTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static Way way;

	private static ConfigurableApplicationContext context;

	private static int port;

	SpringClientTests(Way way) {
		assertThat(way).isEqualTo(SpringClientTests.way);
	}

	@BeforeParameterizedClassInvocation
	static void start(Way how) {
		way = how;
		context = new SpringApplicationBuilder(App.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn",
					"nio=" + (how.carrier == Carrier.SOCKET))
			.run();
		port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		context.close();
	}

	/** With a new client, as a client keeps the subprotocols that it has asked for. */
	private static void execute(String path, HttpHeaders headers, WebSocketHandler handler) {
		new ReactorNettyWebSocketClient().execute(URI.create("ws://localhost:" + port + path), headers, handler)
			.block(LONG);
	}

	private static void execute(String path, WebSocketHandler handler) {
		execute(path, new HttpHeaders(), handler);
	}

	@Test
	void messagesAreEchoedInOrder() {
		List<String> texts = IntStream.range(0, 100).mapToObj((number) -> "message " + number).toList();
		AtomicReference<List<String>> received = new AtomicReference<>();
		execute("/echo",
				(session) -> session.send(Flux.fromIterable(texts).map(session::textMessage))
					.thenMany(session.receive().take(texts.size()).map(WebSocketMessage::getPayloadAsText))
					.doOnNext((text) -> assertThat(context.getBean(CurrentServer.class).sessions().stream())
						.allSatisfy((each) -> assertThat(SessionStats.of(each).carrier()).isEqualTo(way.carrier)))
					.collectList()
					.doOnNext(received::set)
					.then(session.close()));
		assertThat(received.get()).isEqualTo(texts);
		await().until(() -> context.getBean(CurrentServer.class).sessions().count() == 0);
	}

	@Test
	void theSubprotocolIsAgreedOn() {
		AtomicReference<HandshakeInfo> info = new AtomicReference<>();
		AtomicReference<String> told = new AtomicReference<>();
		execute("/subprotocol", new WebSocketHandler() {

			@Override
			public List<String> getSubProtocols() {
				return List.of("echo-v1");
			}

			@Override
			public Mono<Void> handle(WebSocketSession session) {
				info.set(session.getHandshakeInfo());
				return session.receive().map(WebSocketMessage::getPayloadAsText).doOnNext(told::set).then();
			}

		});
		assertThat(info.get().getSubProtocol()).isEqualTo("echo-v1");
		assertThat(info.get().getHeaders().getFirst("Sec-WebSocket-Protocol")).isEqualTo("echo-v1");
		assertThat(told.get()).isEqualTo("echo-v1");
	}

	@Test
	void headersGoToTheHandler() {
		HttpHeaders headers = new HttpHeaders();
		headers.add("X-Test", "a");
		AtomicReference<String> told = new AtomicReference<>();
		execute("/header", headers,
				(session) -> session.receive().map(WebSocketMessage::getPayloadAsText).doOnNext(told::set).then());
		assertThat(told.get()).isEqualTo("a from the filter");
	}

	@Test
	void fieldsAndCookiesOfFiltersAreInTheAnswer() {
		try (RawClient client = RawClient.connect(port)) {
			client.send(RawClient.head("/echo"));
			Response answer = client.expectSwitch();
			assertThat(answer.headers()).containsEntry("x-filter", "yes").containsEntry("set-cookie", "seen=1");
			client.expectEcho("x");
			client.closeInOrder();
		}
	}

	@Test
	void aCloseOfTheHandlersIsTold() {
		AtomicReference<CloseStatus> status = new AtomicReference<>();
		execute("/close", (session) -> session.receive().then(session.closeStatus().doOnNext(status::set)).then());
		assertThat(status.get()).isEqualTo(CloseStatus.GOING_AWAY);
		execute("/close-badly",
				(session) -> session.receive().then(session.closeStatus().doOnNext(status::set)).then());
		assertThat(status.get().getCode()).isEqualTo(1002);
	}

	@Test
	void pongsGoBothWays() {
		AtomicReference<WebSocketMessage.Type> type = new AtomicReference<>();
		AtomicReference<String> payload = new AtomicReference<>();
		execute("/pong",
				(session) -> session
					.send(Mono.just(session.pongMessage((buffers) -> buffers.wrap("still there".getBytes()))))
					.thenMany(session.receive().take(1))
					.doOnNext((message) -> {
						type.set(message.getType());
						payload.set(message.getPayloadAsText());
					})
					.then(session.close()));
		assertThat(type.get()).isEqualTo(WebSocketMessage.Type.PONG);
		assertThat(payload.get()).isEqualTo("still there");
	}

	@Test
	void reactorNettysLimitIsTheServers() {
		try (WsTestClient client = WsTestClient.connect(port, "/echo")) {
			assertThat(client.send(new byte[400_000]).nextBinary()).hasSize(400_000);
			client.send(new byte[400_001]);
			assertThat(client.closeStatus().code()).isEqualTo(1009);
		}
	}

	/** How the server gets the bytes. */
	enum Way {

		SOCKET(Carrier.SOCKET), WIRE(Carrier.WIRE);

		private final Carrier carrier;

		Way(Carrier carrier) {
			this.carrier = carrier;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { JettyReactiveWebServerAutoConfiguration.class, TomcatReactiveWebServerAutoConfiguration.class })
	static class App {

		/**
		 * Of this application alone. NIO has sockets that can be taken over; else
		 * sessions have wires.
		 */
		@Bean
		ReactorResourceFactory resources(Environment environment) {
			boolean epoll = !environment.getRequiredProperty("nio", Boolean.class);
			LoopResources loops = LoopResources.create("server", 2, true);
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setLoopResourcesSupplier(() -> (nativeIfPossible) -> loops.onServer(epoll));
			return resources;
		}

		@Bean
		WebFluxConfigurer limits() {
			return new WebFluxConfigurer() {

				@Override
				public WebSocketService getWebSocketService() {
					return new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy(
							() -> WebsocketServerSpec.builder().maxFramePayloadLength(400_000)));
				}

			};
		}

		@Bean
		WebFilter context() {
			return new ServerWebExchangeContextFilter();
		}

		@Bean
		WebFilter answers() {
			return (exchange, chain) -> {
				exchange.getResponse().getHeaders().add("X-Filter", "yes");
				exchange.getResponse().addCookie(ResponseCookie.from("seen", "1").build());
				return chain.filter(
						exchange.mutate().request((request) -> request.header("X-Added", "from the filter")).build());
			};
		}

		@Bean
		HandlerMapping handlerMapping() {
			WebSocketHandler echo = (session) -> session.send(session.receive().doOnNext(WebSocketMessage::retain));
			WebSocketHandler subprotocol = new WebSocketHandler() {

				@Override
				public List<String> getSubProtocols() {
					return List.of("echo-v1");
				}

				@Override
				public Mono<Void> handle(WebSocketSession session) {
					String protocol = String.valueOf(session.getHandshakeInfo().getSubProtocol());
					return session.send(Mono.just(session.textMessage(protocol)));
				}

			};
			WebSocketHandler header = (session) -> Mono.deferContextual((context) -> {
				assertThat(ServerWebExchangeContextFilter.getExchange(context)).isPresent();
				HttpHeaders headers = session.getHandshakeInfo().getHeaders();
				String text = headers.getFirst("X-Test") + " " + headers.getFirst("X-Added");
				return session.send(Mono.just(session.textMessage(text)));
			});
			WebSocketHandler close = (session) -> session.send(Flux.<WebSocketMessage>error(new IllegalStateException())
				.onErrorResume((failure) -> session.close(CloseStatus.GOING_AWAY).then(Mono.empty())));
			WebSocketHandler closeBadly = (session) -> session.close(CloseStatus.NO_CLOSE_FRAME);
			WebSocketHandler pong = (session) -> session
				.send(session.receive()
					.take(1)
					.map((message) -> session
						.pongMessage((buffers) -> buffers.wrap(message.getPayloadAsText().getBytes()))))
				.then(session.closeStatus())
				.then();
			return new SimpleUrlHandlerMapping(Map.of("/echo", echo, "/subprotocol", subprotocol, "/header", header,
					"/close", close, "/close-badly", closeBadly, "/pong", pong), Ordered.HIGHEST_PRECEDENCE);
		}

	}

}
