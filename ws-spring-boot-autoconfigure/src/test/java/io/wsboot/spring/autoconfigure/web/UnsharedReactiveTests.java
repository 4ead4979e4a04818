package io.wsboot.spring.autoconfigure.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.autoconfigure.WsServerOptionsCustomizer;
import io.wsboot.spring.context.SharedPortMissingException;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import org.springframework.web.reactive.socket.server.upgrade.StandardWebSocketUpgradeStrategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assumptions.assumeThat;

/** WebFlux on a servlet container, whose port is not shared then. */
@ParameterizedClass
@ValueSource(strings = { "Tomcat", "Jetty" })
@ExtendWith(OutputCaptureExtension.class)
class UnsharedReactiveTests {

	private static final String NETTY = "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration";

	@Parameter
	private String server;

	private SharedApp start(String... properties) {
		String other = this.server.equals("Tomcat") ? "Jetty" : "Tomcat";
		String unwanted = "org.springframework.boot." + other.toLowerCase(Locale.ROOT) + ".autoconfigure.reactive."
				+ other + "ReactiveWebServerAutoConfiguration";
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.autoconfigure.exclude=" + NETTY + "," + unwanted);
		return SharedApp.start(WebApplicationType.REACTIVE, List.of(Echo.class, App.class), all.toArray(new String[0]));
	}

	@ParameterizedTest
	@CsvSource({ "false, true", "true, false" })
	void endpointsHaveAPortOfTheirOwnAndTheLogSaysWhy(boolean asked, boolean explained, CapturedOutput output) {
		try (SharedApp app = asked ? start("ws.server.port=0") : start()) {
			assertThat(app.port()).isNotEqualTo(app.webPort());
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				assertThat(client.send("a").nextText()).isEqualTo("a");
			}
			assertThat(WsTestClient.refusal(app.webPort(), "/echo").status()).isEqualTo(404);
			assertThat(output).contains("WebSocket server started on port " + app.port() + " with 1 endpoint\n");
			assertThat(output.toString()
				.contains("WebSocket endpoints have a port of their own, as the port of " + this.server
						+ "WebServer cannot be shared here"))
				.isEqualTo(explained);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void handlersOfWebFluxAreServedByTheContainer(boolean enabled) {
		assumeThat(this.server).as("whose WebSocket modules are on the class path").isEqualTo("Tomcat");
		try (SharedApp app = start("ws.server.spring-websocket.enabled=" + enabled);
				WsTestClient client = WsTestClient.connect(app.webPort(), "/handler")) {
			assertThat(client.send("a").nextText()).isEqualTo("handled a");
			assertThat(app.context().getBean(WsSessions.class).stream()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = "ws.server.web.enabled=true")
	void sharingOnRequestFails(String property, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(property).close())
			.withRootCauseInstanceOf(SharedPortMissingException.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("but not Tomcat or Jetty with Spring WebFlux");
	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String message(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class App {

		/** Not 8090, though nobody asks for a port. */
		@Bean
		WsServerOptionsCustomizer anyPort() {
			return (options) -> options.port(0);
		}

		@Bean
		HandlerMapping handlers() {
			WebSocketHandler handler = (session) -> session
				.send(session.receive().map((message) -> session.textMessage("handled " + message.getPayloadAsText())));
			return new SimpleUrlHandlerMapping(Map.of("/handler", handler), -1);
		}

		/** Reactor Netty is on the class path, too, and Spring would take it to run. */
		@Bean
		WebSocketHandlerAdapter adapter() {
			return new WebSocketHandlerAdapter(new HandshakeWebSocketService(new StandardWebSocketUpgradeStrategy()));
		}

	}

}
