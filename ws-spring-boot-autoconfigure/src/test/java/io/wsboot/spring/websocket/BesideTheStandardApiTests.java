package io.wsboot.spring.websocket;

import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.websocket.Application.Container;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.standard.ServerEndpointExporter;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring's handlers in an application that has endpoints of Jakarta's API, too, and
 * settings for both.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class BesideTheStandardApiTests {

	private static final RecordingHandler handler = new RecordingHandler();

	private static final RecordingHandler parts = new RecordingHandler(true, RecordingHandler::echo);

	private static Application application;

	private static String log;

	@BeforeAll
	static void start(CapturedOutput output) {
		application = Application.run(Container.TOMCAT, Both.class, "logging.level.io.wsboot.spring.websocket=info",
				"ws.server.compression.enabled=false");
		log = output.getAll();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void theContainersEndpointsStayTheContainers() {
		try (WsTestClient client = application.connect("/jakarta")) {
			assertThat(client.send("x").nextText()).isEqualTo("jakarta: x");
			assertThat(application.server().sessions().count()).isZero();
		}
	}

	@Test
	void theContainersSizesAreTheHandlers() throws Exception {
		try (WsTestClient client = application.connect("/handler")) {
			WebSocketSession session = handler.session();
			assertThat(session.getTextMessageSizeLimit()).isEqualTo(400_000);
			assertThat(session.getBinaryMessageSizeLimit()).isEqualTo(500_000);
			assertThat(client.send("\u20AC".repeat(400_000)).nextText()).hasSize(400_000);
			assertThat(client.send(new byte[500_000]).nextBinary()).hasSize(500_000);
			client.send("x".repeat(400_001));
			assertThat(client.closeStatus().code()).isEqualTo(1009);
			handler.expect("open", "text 400000", "binary 500000", "closed 1009 more than 400000 characters");
		}
		try (WsTestClient client = application.connect("/handler")) {
			handler.session();
			client.send(new byte[500_001]);
			assertThat(client.closeStatus().code()).isEqualTo(1009);
			handler.expect("open", "closed 1009 more than 500000 bytes");
		}
	}

	@Test
	void messagesInPartsMayHaveAnySize() throws Exception {
		try (WsTestClient client = application.connect("/parts")) {
			parts.session();
			assertThat(client.send(new byte[3_000_000]).nextBinary()).hasSize(3_000_000);
		}
	}

	@Test
	void theLogTellsWhatTheSettingsDoNot() {
		assertThat(log).contains("{maxSessionIdleTimeout=60000}").doesNotContain("asyncSendTimeout=");
	}

	@Test
	void theLogTellsWhatTheWebServerUpgrades() {
		assertThat(log).contains(
				"The web server upgrades the requests for which the application has chosen " + Chosen.class.getName());
	}

	/** An endpoint of Jakarta's. */
	@ServerEndpoint("/jakarta")
	public static class JakartaEndpoint {

		@OnMessage
		public String said(String text) {
			return "jakarta: " + text;
		}

	}

	static class Chosen extends DefaultHandshakeHandler {

		Chosen() {
			super(new SharedPortTests.ChosenStrategy());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Both {

		@Bean
		ServerEndpointExporter exporter() {
			ServerEndpointExporter exporter = new ServerEndpointExporter();
			exporter.setAnnotatedEndpointClasses(JakartaEndpoint.class);
			return exporter;
		}

		@Bean
		ServletServerContainerFactoryBean container() {
			ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
			container.setMaxTextMessageBufferSize(400_000);
			container.setMaxBinaryMessageBufferSize(500_000);
			container.setMaxSessionIdleTimeout(60_000L);
			return container;
		}

		@Bean
		WebSocketConfigurer handlers() {
			return (registry) -> {
				registry.addHandler(handler, "/handler").addHandler(parts, "/parts");
				registry.addHandler(handler, "/chosen").setHandshakeHandler(new Chosen());
			};
		}

	}

}
