package io.wsboot.spring.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.wsboot.spring.autoconfigure.web.SharedApp;
import io.wsboot.spring.context.WsHandlerRegistration;
import io.wsboot.spring.security.EndpointAuthorization;
import io.wsboot.spring.security.NoAuthenticationException;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.test.WsTestClientBuilder;
import io.wsboot.spring.websocket.WebSocketHandlers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** A handler of Spring's own API is as protected as an endpoint is. */
class SpringHandlerSecurityTests {

	private static WsTestClientBuilder as(String pair) {
		return WsTestClient.builder()
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
	}

	@Nested
	class OnOurOwnPort {

		private RunningApp start(Class<?>... beans) {
			return RunningApp.start(List.of(beans), "--ws.server.security.enabled=true");
		}

		@Test
		void onlyAuthenticatedClientsGetIn() {
			try (RunningApp app = start(Authenticating.Users.class, Registered.class)) {
				assertThat(WsTestClient.refusal(app.port(), "/handler").status()).isEqualTo(401);
				assertThat(as("ann:wrong").refusal(app.port(), "/handler").status()).isEqualTo(401);
				try (WsTestClient client = as("ann:pw").connect(app.port(), "/handler")) {
					assertThat(client.nextText()).isEqualTo("ann, ann");
					assertThat(client.send("and now?").nextText()).isEqualTo("ann, ann");
				}
			}
		}

		@Test
		void rulesOfTheApplicationCount() {
			try (RunningApp app = start(Authenticating.Users.class, Registered.class, OwnRules.class)) {
				assertThat(as("ann:pw").refusal(app.port(), "/handler").status()).isEqualTo(403);
				assertThat(WsTestClient.refusal(app.port(), "/handler").status()).isEqualTo(401);
			}
		}

		@Test
		void withoutAWayToAuthenticateTheApplicationDoesNotStart() {
			assertThatException().isThrownBy(() -> start(Registered.class).close())
				.isInstanceOf(NoAuthenticationException.class)
				.withMessageContaining("/handler");
		}

	}

	@Nested
	class OnASharedPort {

		private SecuredApplication start(Class<?> rules, String... properties) {
			return SecuredApplication
				.startShared(List.of(SharedPortSecurityTests.Security.class, Handlers.class, rules), properties);
		}

		@Test
		void rulesOfTheApplicationCount() {
			try (SecuredApplication app = start(Rules.class)) {
				for (String path : List.of("/handler", "/sockjs/websocket", "/sockjs/000/abc/websocket")) {
					assertThat(as("ann:pw").refusal(app.port(), path).status()).isEqualTo(403);
				}
				try (WsTestClient client = as("root:pw").connect(app.port(), "/handler")) {
					assertThat(client.nextText()).isEqualTo("root, root");
				}
				try (WsTestClient client = as("root:pw").connect(app.port(), "/sockjs/websocket")) {
					assertThat(client.nextText()).isEqualTo("root, root");
				}
			}
		}

		/** With rules of the application's own, what no rule names needs a login. */
		@Test
		void withoutRulesTheFilterChainDecides() {
			try (SecuredApplication app = start(Handlers.class);
					WsTestClient client = WsTestClient.connect(app.port(), "/open")) {
				assertThat(client.nextText()).isEqualTo("anonymousUser, nobody");
			}
			try (SecuredApplication app = start(Rules.class)) {
				assertThat(WsTestClient.refusal(app.port(), "/open").status()).isEqualTo(401);
			}
		}

		@Test
		void aRuleForNoHandlerStopsTheStart() {
			assertThatException().isThrownBy(() -> start(Misspelt.class).close())
				.isInstanceOf(IllegalStateException.class)
				.withMessageContaining("'/handlre'")
				.withMessageContaining("/handler");
		}

		/** The rule would protect nothing. */
		@ParameterizedTest
		@ValueSource(strings = { "ws.server.port=0", "ws.server.spring-websocket.enabled=false" })
		void aRuleForAHandlerThatTheContainerServesStopsTheStart(String property) {
			assertThatException().isThrownBy(() -> start(Rules.class, property).close())
				.isInstanceOf(IllegalStateException.class)
				.withMessageContaining("'/handler'");
		}

		@Test
		void whoIsAskedOnBothPortsIsTheSame() {
			try (SecuredApplication app = start(Rules.class, "ws.server.port=0", "ws.server.web.enabled=true")) {
				int web = app.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
				assertThat(SharedApp.http(web, "GET", "/handler", SharedApp.HANDSHAKE)).startsWith("HTTP/1.1 401 ");
				assertThat(WsTestClient.refusal(app.port(), "/handler").status()).isEqualTo(404);
			}
		}

	}

	/** Tells who the client is. */
	private static final class Handler extends TextWebSocketHandler {

		@Override
		public void afterConnectionEstablished(WebSocketSession session) throws Exception {
			Authentication client = SecurityContextHolder.getContext().getAuthentication();
			session.sendMessage(new TextMessage(((client != null) ? client.getName() : "nobody") + ", "
					+ ((session.getPrincipal() != null) ? session.getPrincipal().getName() : "nobody")));
		}

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
			afterConnectionEstablished(session);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registered {

		@Bean
		WsHandlerRegistration handler(WebSocketHandlers handlers) {
			return handlers.at("/handler", new Handler());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Handlers {

		@Bean
		WebSocketConfigurer handlers() {
			return (registry) -> {
				registry.addHandler(new Handler(), "/handler", "/open");
				registry.addHandler(new Handler(), "/sockjs").withSockJS();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Rules {

		@Bean
		EndpointAuthorization rules() {
			return EndpointAuthorization.builder().endpoints("/handler", "/sockjs/**").hasAnyRole("ADMIN").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRules {

		@Bean
		EndpointAuthorization rules() {
			return EndpointAuthorization.builder().endpoints("/handler").hasAnyRole("ADMIN").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Misspelt {

		@Bean
		EndpointAuthorization rules() {
			return EndpointAuthorization.builder().endpoints("/handlre").hasAnyRole("ADMIN").build();
		}

	}

}
