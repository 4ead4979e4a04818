package io.wsboot.benchmarks.server.spring;

import org.apache.tomcat.websocket.server.WsSci;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * The application. Its limits for messages are the defaults of 8 KiB: it reserves as much
 * for each connection, so that a limit of 1 MiB would leave no memory for 10,000.
 */
@SpringBootApplication
@EnableWebSocket
@EnableWebSocketMessageBroker
public class TomcatApplication implements WebSocketMessageBrokerConfigurer {

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint("/stomp").setAllowedOrigins("*");
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic");
	}

	@Bean
	WebSocketConfigurer handlers(SimpMessagingTemplate broker) {
		return (registry) -> registry.addHandler(new SpringEcho(), "/echo")
			.addHandler(new SpringFanout(), "/fanout")
			.addHandler(new StompPublisher(broker), "/publish")
			.setAllowedOrigins("*");
	}

	/** What Spring Boot's own WebSocket module does. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> container() {
		return (factory) -> factory
			.addContextCustomizers((context) -> context.addServletContainerInitializer(new WsSci(), null));
	}

}
