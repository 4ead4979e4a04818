package io.wsboot.spring.reactor;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;

import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.context.WsServerLifecycle;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** Whole WebFlux applications that share the port of Reactor Netty. */
class ReactiveApplicationTests {

	private static ConfigurableApplicationContext start(String... arguments) {
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off"));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(App.class).web(WebApplicationType.REACTIVE).run(all.toArray(new String[0]));
	}

	private static int port(ConfigurableApplicationContext app, String name) {
		return app.getEnvironment().getRequiredProperty("local." + name + ".port", Integer.class);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void endpointsAreServedOnTheWebServersPort(boolean epoll) throws Exception {
		try (ConfigurableApplicationContext app = start("--test.epoll=" + epoll)) {
			int port = port(app, "ws");
			assertThat(port).isEqualTo(port(app, "server"));
			assertThat(app.getBean(WsServerLifecycle.class).server().isListening()).isFalse();
			try (WsTestClient client = WsTestClient.connect(port, "/greet/b%20b")) {
				assertThat(client.nextText()).isEqualTo("welcome b b");
				client.send("hello");
				assertThat(client.nextText()).isEqualTo("you said hello");
				WsSession session = app.getBean(WsSessions.class).stream().findFirst().orElseThrow();
				assertThat(SessionStats.of(session).carrier()).isEqualTo(epoll ? Carrier.WIRE : Carrier.SOCKET);
			}
		}
	}

	@Test
	void basePathFiltersAndPrincipalCount() throws Exception {
		try (ConfigurableApplicationContext app = start("--spring.webflux.base-path=/app")) {
			int port = port(app, "ws");
			try (WsTestClient client = WsTestClient.builder()
				.header("X-User", "ann")
				.connect(port, "/app/greet/bob?x=y")) {
				assertThat(client.nextText()).isEqualTo("welcome bob, says ann");
			}
			HandshakeRefusedException refused = WsTestClient.builder()
				.header("X-User", "nobody")
				.refusal(port, "/app/greet/bob");
			assertThat(refused.status()).isEqualTo(403);
			assertThat(WsTestClient.refusal(port, "/greet/bob").status()).isEqualTo(404);
		}
	}

	@Test
	void pagesOnThePathOfAnEndpointAreServed() throws Exception {
		try (ConfigurableApplicationContext app = start();
				FrameClient client = FrameClient.tcp(port(app, "server"), false)) {
			assertThat(client.send(FrameClient.get("/greet/page")).response()).endsWith("a page");
			assertThat(client.send(FrameClient.get("/greet/other")).response()).startsWith("HTTP/1.1 426 ");
		}
	}

	@Test
	void aPortOfItsOwnIsNotShared() {
		try (ConfigurableApplicationContext app = start("--ws.server.port=0")) {
			assertThat(port(app, "ws")).isNotEqualTo(port(app, "server"));
			assertThat(WsTestClient.refusal(port(app, "server"), "/greet/bob").status()).isEqualTo(404);
			try (WsTestClient client = WsTestClient.connect(port(app, "ws"), "/greet/bob")) {
				assertThat(client.nextText()).isEqualTo("welcome bob");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { JettyReactiveWebServerAutoConfiguration.class, TomcatReactiveWebServerAutoConfiguration.class })
	@Import({ Greeting.class, Pages.class })
	static class App {

		@Bean
		ReactorResourceFactory transport(@Value("${test.epoll:true}") boolean epoll) {
			LoopResources loops = LoopResources.create("app", 1, true);
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setLoopResourcesSupplier(() -> (nativeIfPossible) -> loops.onServer(epoll));
			return resources;
		}

		@Bean
		WebFilter users() {
			return (exchange, chain) -> {
				String user = exchange.getRequest().getHeaders().getFirst("X-User");
				if ("nobody".equals(user)) {
					exchange.getResponse().setRawStatusCode(403);
					return exchange.getResponse().setComplete();
				}
				return chain.filter((user != null) ? as(user, exchange) : exchange);
			};
		}

		private static ServerWebExchange as(String user, ServerWebExchange exchange) {
			Principal principal = () -> user;
			return exchange.mutate().principal(Mono.just(principal)).build();
		}

	}

	@RestController
	static class Pages {

		@GetMapping("/greet/page")
		String page() {
			return "a page";
		}

	}

	@WsEndpoint("/greet/{name}")
	static class Greeting {

		@OnOpen
		String open(@PathParam String name, WsSession session) {
			return "welcome " + name + session.principal().map((who) -> ", says " + who.getName()).orElse("");
		}

		@OnMessage
		String message(String text) {
			return "you said " + text;
		}

	}

}
