package io.wsboot.spring.websocket;

import java.net.URI;

import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.WsHandlerRegistration;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers of Spring's on the server's own port, without a web server. */
@Timeout(60)
class OwnPortTests {

	private static final RecordingHandler handler = new RecordingHandler();

	private static final RecordingHandler parts = new RecordingHandler(true, RecordingHandler::echo);

	private static ConfigurableApplicationContext run(Class<?> configuration) {
		return new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE)
			.properties("ws.server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn")
			.run();
	}

	private static int port(ApplicationContext context) {
		return context.getBean(CurrentServer.class).port();
	}

	@Test
	void aHandlerIsServed() throws Exception {
		try (ConfigurableApplicationContext context = run(Handlers.class)) {
			int port = port(context);
			try (WsTestClient client = WsTestClient.builder()
				.subprotocols("x", "v1.CHAT")
				.header("X-Test", "a")
				.connect(port, "/chat/lobby?x=1")) {
				WebSocketSession session = handler.session();
				assertThat(client.subprotocol()).contains("v1.CHAT");
				assertThat(client.send("hello").nextText()).isEqualTo("hello");
				assertThat(session.getUri()).isEqualTo(
						URI.create("ws://" + session.getHandshakeHeaders().getFirst("Host") + "/chat/lobby?x=1"));
				assertThat(session.getUri().getPort()).isEqualTo(port);
				assertThat(session.getHandshakeHeaders().getFirst("x-test")).isEqualTo("a");
				assertThat(session.getAcceptedProtocol()).isEqualTo("v1.CHAT");
				assertThat(session.getAttributes()).isEmpty();
				assertThat(session.getRemoteAddress()).isNotNull();
				client.close(io.wsboot.CloseStatus.NORMAL);
				handler.expect("open", "text hello", "closed 1000");
			}
			try (WsTestClient client = WsTestClient.connect(port, "/parts")) {
				client.sendPart("a", false).sendPart("b", true);
				assertThat(client.nextText()).isEqualTo("ab");
				parts.expect("open", "text a ...", "text b");
			}
		}
	}

	@Test
	void stompIsServed() throws Exception {
		try (ConfigurableApplicationContext context = run(Stomp.class);
				StompClient client = StompClient.connect("ws://localhost:" + port(context) + "/stomp", null)) {
			client.subscribe("/user/queue/replies");
			assertThat(client.answer("/app/hello", "world")).isEqualTo("hello world");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Handlers {

		@Bean
		WsHandlerRegistration chat(WebSocketHandlers handlers) {
			return handlers.at("/chat/{room}", handler);
		}

		@Bean
		WsHandlerRegistration parts(WebSocketHandlers handlers) {
			return handlers.at("/parts", parts);
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Stomp extends StompWithoutWebServer {

		@Override
		protected void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic", "/queue");
			registry.setApplicationDestinationPrefixes("/app");
		}

		@Bean
		Hello hello() {
			return new Hello();
		}

	}

	@Controller
	static class Hello {

		@MessageMapping("/hello")
		@SendToUser("/queue/replies")
		String hello(String name) {
			return "hello " + name;
		}

	}

}
