package io.wsboot.benchmarks.server.spring;

import org.apache.tomcat.websocket.server.WsSci;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/** The application. */
@SpringBootApplication
@EnableWebSocket
public class TomcatApplication {

	private static final int MAX_MESSAGE = 2 * 1024 * 1024;

	@Bean
	WebSocketConfigurer handlers() {
		return (registry) -> registry.addHandler(new SpringEcho(), "/echo")
			.addHandler(new SpringFanout(), "/fanout")
			.setAllowedOrigins("*");
	}

	/** At its defaults it closes connections that bring 1 MiB. */
	@Bean
	ServletServerContainerFactoryBean limits() {
		ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
		container.setMaxBinaryMessageBufferSize(MAX_MESSAGE);
		container.setMaxTextMessageBufferSize(MAX_MESSAGE);
		return container;
	}

	/** What Spring Boot's own WebSocket module does. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> container() {
		return (factory) -> factory
			.addContextCustomizers((context) -> context.addServletContainerInitializer(new WsSci(), null));
	}

}
