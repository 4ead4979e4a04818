package io.wsboot.spring.websocket;

import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.websocket.Application.Container;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** Who upgrades. */
@Timeout(60)
class LeftToTheContainerTests {

	@ParameterizedTest
	@CsvSource({ "ws.server.spring-websocket.enabled=false, StandardWebSocketSession",
			"ws.server.port=0, StandardWebSocketSession", "ws.server.web.enabled=false, StandardWebSocketSession",
			"ws.server.enabled=false, StandardWebSocketSession",
			"ws.server.spring-websocket.enabled=true, EngineWebSocketSession",
			"ws.server.web.take-over=false, EngineWebSocketSession" })
	void isUpToTheProperties(String property, String session) {
		try (Application application = Application.run(Container.TOMCAT, Handlers.class, property);
				WsTestClient client = application.connect("/class")) {
			assertThat(client.send("x").nextText()).isEqualTo(session);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "event-loop" })
	void theThreadIsUpToTheProperties(String execution) {
		try (Application application = Application.run(Container.TOMCAT, Handlers.class,
				"ws.server.spring-websocket.execution=" + execution);
				WsTestClient client = application.connect("/thread")) {
			String thread = client.send("x").nextText();
			assertThat(thread.contains("loop")).as(thread).isEqualTo(execution.equals("event-loop"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Handlers {

		@Bean
		WebSocketConfigurer handlers() {
			return (registry) -> registry.addHandler(new TextWebSocketHandler() {

				@Override
				protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
					session.sendMessage(new TextMessage(session.getClass().getSimpleName()));
				}

			}, "/class").addHandler(new TextWebSocketHandler() {

				@Override
				protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
					session.sendMessage(new TextMessage(Thread.currentThread().getName()));
				}

			}, "/thread");
		}

	}

}
