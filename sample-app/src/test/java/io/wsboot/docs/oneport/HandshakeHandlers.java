package io.wsboot.docs.oneport;

import io.wsboot.server.WsServer;
import io.wsboot.spring.tomcat.TomcatHandOver;
import io.wsboot.spring.websocket.EngineUpgradeStrategy;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** Applications that choose the server's strategy themselves. */
final class HandshakeHandlers {

	private HandshakeHandlers() {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class WithAutoConfiguration {

		@Bean
		HandshakeHandler handshakeHandler(RequestUpgradeStrategy strategy) {
			return new DefaultHandshakeHandler(strategy);
		}

		@Bean
		WebSocketConfigurer configurer(HandshakeHandler handshakeHandler) {
			return (registry) -> registry.addHandler(new ClassNaming(), "/class").setHandshakeHandler(handshakeHandler);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class WithoutAutoConfiguration {

		@Bean
		WsServer server() {
			return WsServer.builder().withoutListener().start();
		}

		@Bean
		HandshakeHandler handshakeHandler(WsServer server) {
			return new DefaultHandshakeHandler(new EngineUpgradeStrategy(server, new TomcatHandOver(true)));
		}

		@Bean
		WebSocketConfigurer configurer(HandshakeHandler handshakeHandler) {
			return (registry) -> registry.addHandler(new ClassNaming(), "/class").setHandshakeHandler(handshakeHandler);
		}

	}

	/** Tells what its sessions are. */
	static class ClassNaming extends TextWebSocketHandler {

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
			session.sendMessage(new TextMessage(session.getClass().getSimpleName()));
		}

	}

}
