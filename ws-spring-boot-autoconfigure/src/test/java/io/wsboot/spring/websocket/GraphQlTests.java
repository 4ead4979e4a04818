package io.wsboot.spring.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.actuate.WebSocketsEndpoint;
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
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Spring GraphQL's subscriptions over WebSocket, without a change. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class GraphQlTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<Map<String, Object>> MESSAGE = new TypeReference<>() {
	};

	private static final Greetings greetings = new Greetings();

	private static Place place;

	private static ConfigurableApplicationContext context;

	private static int port;

	GraphQlTests(Place place) {
		assertThat(place).isEqualTo(GraphQlTests.place);
	}

	@BeforeParameterizedClassInvocation
	static void start(Place at) {
		place = at;
		greetings.closed.clear();
		context = new SpringApplicationBuilder(App.class, at.configuration).web(at.type)
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn",
					"spring.graphql.schema.locations=classpath:subscriptions/",
					"spring.graphql.websocket.path=/graphql", "spring.graphql.websocket.connection-init-timeout=2s",
					"management.endpoints.access.default=read-only",
					"management.endpoints.web.exposure.include=websockets",
					"ws.server.web.take-over=" + (at.carrier == Carrier.SOCKET))
			.run();
		port = ((WebServerApplicationContext) context).getWebServer().getPort();
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		context.close();
	}

	/** A client that has been welcomed. */
	private static WsTestClient connect() {
		WsTestClient client = open();
		client.send("{\"type\":\"connection_init\"}");
		assertThat(next(client)).containsEntry("type", "connection_ack");
		return client;
	}

	private static WsTestClient open() {
		WsTestClient client = WsTestClient.builder().subprotocols("graphql-transport-ws").connect(port, "/graphql");
		assertThat(client.subprotocol()).contains("graphql-transport-ws");
		return client;
	}

	private static void subscribe(WsTestClient client, String id, String query) {
		client.send(JSON.writeValueAsString(Map.of("id", id, "type", "subscribe", "payload", Map.of("query", query))));
	}

	private static Map<String, Object> next(WsTestClient client) {
		return JSON.readValue(client.nextText(), MESSAGE);
	}

	private static Map<String, Object> item(String id, String name, Object value) {
		return Map.of("id", id, "type", "next", "payload", Map.of("data", Map.of(name, value)));
	}

	private static Map<String, Object> complete(String id) {
		return Map.of("id", id, "type", "complete");
	}

	@Test
	void aSubscriptionHasItsItemsAndItsEnd() {
		try (WsTestClient client = connect()) {
			subscribe(client, "a", "subscription { count(to: 300) }");
			for (int i = 1; i <= 300; i++) {
				assertThat(next(client)).isEqualTo(item("a", "count", i));
			}
			assertThat(next(client)).containsAllEntriesOf(complete("a"));
			subscribe(client, "b", "query { hello }");
			assertThat(next(client)).isEqualTo(item("b", "hello", "world"));
			assertThat(next(client)).containsAllEntriesOf(complete("b"));
			client.send("{\"type\":\"ping\"}");
			assertThat(next(client)).containsEntry("type", "pong");
		}
		assertThat(greetings.closed()).isEqualTo("1000");
	}

	@Test
	void subscriptionsOfOneSessionMix() {
		try (WsTestClient client = connect()) {
			subscribe(client, "a", "subscription { count(to: 50) }");
			subscribe(client, "b", "subscription { count(to: 50) }");
			List<Map<String, Object>> received = new ArrayList<>();
			for (int i = 0; i < 102; i++) {
				received.add(next(client));
			}
			for (String id : List.of("a", "b")) {
				List<Map<String, Object>> own = received.stream()
					.filter((message) -> id.equals(message.get("id")))
					.toList();
				assertThat(own).hasSize(51);
				assertThat(own.get(50)).containsAllEntriesOf(complete(id));
			}
		}
		greetings.closed();
	}

	@Test
	void aSubscriptionCanBeCancelled() {
		try (WsTestClient client = connect()) {
			subscribe(client, "a", "subscription { endless }");
			assertThat(next(client)).isEqualTo(item("a", "endless", 1));
			client.send("{\"id\":\"a\",\"type\":\"complete\"}");
			await().until(() -> greetings.running.get() == 0);
			subscribe(client, "b", "query { hello }");
			assertThat(next(client)).isEqualTo(item("b", "hello", "world"));
		}
		greetings.closed();
	}

	@Test
	void theEndOfTheSessionCancels() {
		try (WsTestClient client = connect()) {
			subscribe(client, "a", "subscription { endless }");
			assertThat(next(client)).isEqualTo(item("a", "endless", 1));
			assertThat(greetings.running).hasValue(1);
		}
		await().until(() -> greetings.running.get() == 0);
		greetings.closed();
	}

	@Test
	void anErrorIsTold() {
		try (WsTestClient client = connect()) {
			subscribe(client, "a", "subscription { failing }");
			assertThat(next(client)).containsEntry("type", "error").containsEntry("id", "a");
			subscribe(client, "b", "subscription { unknown }");
			assertThat(next(client)).containsEntry("id", "b");
		}
		greetings.closed();
	}

	@Test
	void closeCodesAreTheProtocols() {
		try (WsTestClient client = open()) {
			client.send("{\"type\":\"nonsense\",\"id\":\"a\"}");
			assertThat(client.closeStatus().code()).isIn(4400, 1011); // Spring cannot
																		// read it
		}
		try (WsTestClient client = open()) {
			subscribe(client, "a", "query { hello }");
			assertThat(client.closeStatus().toString()).isEqualTo("4401 Unauthorized");
		}
		try (WsTestClient client = open()) {
			client.send("{\"type\":\"connection_init\",\"payload\":{\"token\":\"bad\"}}");
			assertThat(client.closeStatus().toString()).isEqualTo("4401 Unauthorized");
			assertThat(greetings.closed()).isEqualTo("4401");
		}
		try (WsTestClient client = connect()) {
			client.send("{\"type\":\"connection_init\"}");
			assertThat(client.closeStatus().code()).isEqualTo(4429);
			assertThat(greetings.closed()).isEqualTo("4429");
		}
		try (WsTestClient client = connect()) {
			subscribe(client, "a", "subscription { uncounted }"); // which Spring forgets
			assertThat(next(client)).isEqualTo(item("a", "uncounted", 1));
			subscribe(client, "a", "subscription { count(to: 1) }");
			assertThat(client.closeStatus().code()).isEqualTo(4409);
			assertThat(greetings.closed()).isEqualTo("4409");
		}
		try (WsTestClient client = open()) {
			assertThat(client.closeStatus().code()).isEqualTo(4408);
			assertThat(greetings.closed()).isEqualTo("4408");
		}
		try (WsTestClient client = WsTestClient.builder().subprotocols("graphql-ws").connect(port, "/graphql")) {
			assertThat(client.closeStatus().code()).isEqualTo(4400);
		}
	}

	@Test
	void theServerKnowsTheSession() {
		try (WsTestClient client = connect()) {
			WsSessions sessions = context.getBean(CurrentServer.class).sessions();
			await().until(() -> sessions.count() == 1); // without those of other tests
			WsSession session = sessions.stream().findAny().orElseThrow();
			assertThat(session.endpoint()).isEqualTo("/graphql");
			assertThat(session.subprotocol()).contains("graphql-transport-ws");
			assertThat(SessionStats.of(session).carrier()).isEqualTo(place.carrier);
			assertThat(context.getBean(WebSocketsEndpoint.class).session(session.id()).endpoint())
				.isEqualTo("/graphql");
			assertThat(client.send("{\"type\":\"ping\"}").nextText()).contains("pong");
		}
		greetings.closed();
	}

	/** Where Spring GraphQL is served. */
	enum Place {

		TOMCAT(WebApplicationType.SERVLET, Tomcat.class, Carrier.SOCKET),
		TOMCAT_WIRE(WebApplicationType.SERVLET, Tomcat.class, Carrier.WIRE),
		JETTY(WebApplicationType.SERVLET, Jetty.class, Carrier.SOCKET),
		REACTOR_NETTY(WebApplicationType.REACTIVE, Netty.class, Carrier.WIRE);

		private final WebApplicationType type;

		private final Class<?> configuration;

		private final Carrier carrier;

		Place(WebApplicationType type, Class<?> configuration, Carrier carrier) {
			this.type = type;
			this.configuration = configuration;
			this.carrier = carrier;
		}

	}

	@EnableAutoConfiguration(exclude = JettyServletWebServerAutoConfiguration.class)
	static class Tomcat {

	}

	@EnableAutoConfiguration(exclude = TomcatServletWebServerAutoConfiguration.class)
	static class Jetty {

	}

	@EnableAutoConfiguration(
			exclude = { JettyReactiveWebServerAutoConfiguration.class, TomcatReactiveWebServerAutoConfiguration.class })
	static class Netty {

		/** Else the end of one application ends the event loops of all. */
		@Bean
		ReactorResourceFactory resources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class App {

		@Bean
		Greetings greetings() {
			return greetings;
		}

	}

	/** Serves the schema, and hears of connections. */
	@Controller
	static class Greetings implements WebSocketGraphQlInterceptor {

		final AtomicInteger running = new AtomicInteger();

		private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

		String closed() {
			try {
				return String.valueOf(this.closed.poll(20, TimeUnit.SECONDS));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@QueryMapping
		String hello() {
			return "world";
		}

		@SubscriptionMapping
		Flux<Integer> count(@Argument int to) {
			return Flux.range(1, to);
		}

		@SubscriptionMapping
		Flux<Integer> endless() {
			return uncounted().doOnSubscribe((subscription) -> this.running.incrementAndGet())
				.doFinally((signal) -> this.running.decrementAndGet());
		}

		@SubscriptionMapping
		Flux<Integer> uncounted() {
			return Flux.just(1).concatWith(Flux.never());
		}

		@SubscriptionMapping
		Flux<Integer> failing() {
			return Flux.error(new IllegalStateException("for the test"));
		}

		@Override
		public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
			return chain.next(request);
		}

		@Override
		public Mono<Object> handleConnectionInitialization(WebSocketSessionInfo session, Map<String, Object> payload) {
			return "bad".equals(payload.get("token")) ? Mono.error(new IllegalArgumentException("bad")) : Mono.empty();
		}

		@Override
		public void handleConnectionClosed(WebSocketSessionInfo session, int status, Map<String, Object> payload) {
			this.closed.add(Integer.toString(status));
		}

	}

}
