package io.wsboot.spring.websocket;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.wsboot.server.WsServer;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.jetty.JettyHandOver;
import io.wsboot.spring.servlet.ServletHandOver;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.tomcat.TomcatHandOver;
import jakarta.servlet.ServletRegistration;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The strategy in an application that has neither Spring Boot's web server nor the
 * starter's auto-configuration, as Spring's own integration tests use strategies.
 */
@Timeout(60)
class OutsideBootTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void handlersAreServed(Kind kind) throws Exception {
		try (Host host = new Host(kind, this.directory)) {
			CountDownLatch closed = new CountDownLatch(1);
			WebSocketSession session = new StandardWebSocketClient().execute(new TextWebSocketHandler() {

				@Override
				public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
					closed.countDown();
				}

			}, "ws://localhost:" + host.port() + "/context/echo").get(20, TimeUnit.SECONDS);
			WsServer server = host.context.getBean(WsServer.class);
			await().until(() -> server.sessions().count() == 1); // behind the 101
			assertThat(server.sessions().stream()).singleElement().satisfies((own) -> {
				assertThat(own.endpoint()).isEqualTo("/echo");
				assertThat(SessionStats.of(own).carrier()).isEqualTo(kind.carrier);
			});
			session.close();
			assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
			try (WsTestClient client = WsTestClient.builder().subprotocols("a").connect(host.port(), "/context/echo")) {
				assertThat(client.send("hello").nextText()).isEqualTo("hello");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void stompIsServed(Kind kind) throws Exception {
		try (Host host = new Host(kind, this.directory);
				StompClient client = StompClient.connect("ws://localhost:" + host.port() + "/context/stomp", null)) {
			client.subscribe("/user/queue/replies");
			assertThat(client.answer("/app/hello", "world")).isEqualTo("hello world");
		}
	}

	/** The servlet containers. */
	enum Kind {

		TOMCAT(Carrier.SOCKET), TOMCAT_WIRE(Carrier.WIRE), JETTY(Carrier.SOCKET), JETTY_WIRE(Carrier.WIRE);

		private final Carrier carrier;

		Kind(Carrier carrier) {
			this.carrier = carrier;
		}

		private ServletHandOver handOver() {
			boolean takeOver = this.carrier == Carrier.SOCKET;
			return (this == TOMCAT || this == TOMCAT_WIRE) ? new TomcatHandOver(takeOver) : new JettyHandOver(takeOver);
		}

	}

	/** A container with Spring's dispatcher. */
	static final class Host implements AutoCloseable {

		private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();

		private final Tomcat tomcat = new Tomcat();

		private final Server jetty = new Server();

		private final boolean isTomcat;

		Host(Kind kind, Path directory) throws Exception {
			this.context.register(Handlers.class);
			this.context.addBeanFactoryPostProcessor((beans) -> beans.registerSingleton("handOver", kind.handOver()));
			this.isTomcat = kind == Kind.TOMCAT || kind == Kind.TOMCAT_WIRE;
			DispatcherServlet dispatcher = new DispatcherServlet(this.context);
			if (this.isTomcat) {
				startTomcat(directory, dispatcher);
			}
			else {
				startJetty(dispatcher);
			}
		}

		private void startTomcat(Path directory, DispatcherServlet dispatcher) throws LifecycleException {
			this.tomcat.setBaseDir(directory.toString());
			Connector connector = new Connector();
			connector.setPort(0);
			this.tomcat.setConnector(connector);
			Context web = this.tomcat.addContext("/context", directory.toString());
			web.addServletContainerInitializer((classes, context) -> {
				ServletRegistration.Dynamic servlet = context.addServlet("dispatcher", dispatcher);
				servlet.setLoadOnStartup(1);
				servlet.addMapping("/");
			}, null);
			this.tomcat.start();
		}

		private void startJetty(DispatcherServlet dispatcher) throws Exception {
			this.jetty.addConnector(new ServerConnector(this.jetty));
			ServletContextHandler web = new ServletContextHandler("/context");
			ServletHolder holder = new ServletHolder(dispatcher);
			holder.setInitOrder(1);
			web.addServlet(holder, "/");
			this.jetty.setHandler(web);
			this.jetty.start();
		}

		int port() {
			return this.isTomcat ? this.tomcat.getConnector().getLocalPort()
					: ((ServerConnector) this.jetty.getConnectors()[0]).getLocalPort();
		}

		@Override
		public void close() {
			try {
				if (this.isTomcat) {
					this.tomcat.stop();
					this.tomcat.destroy();
				}
				else {
					this.jetty.stop();
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				this.context.close();
			}
		}

	}

	@Configuration
	@EnableWebSocket
	@EnableWebSocketMessageBroker
	static class Handlers implements WebSocketConfigurer, WebSocketMessageBrokerConfigurer {

		@Autowired
		private ServletHandOver handOver;

		@Bean
		WsServer server() {
			return WsServer.builder().withoutListener().start();
		}

		private HandshakeHandler handshakeHandler() {
			return new DefaultHandshakeHandler(new EngineUpgradeStrategy(server(), this.handOver));
		}

		@Override
		public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
			registry.addHandler(new TextWebSocketHandler() {

				@Override
				protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
					session.sendMessage(message);
				}

			}, "/echo").setHandshakeHandler(handshakeHandler());
		}

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp").setHandshakeHandler(handshakeHandler());
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
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
