package io.wsboot.spring.jetty;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.RawClient;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import org.awaitility.Awaitility;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Whole applications whose web server is Jetty. */
class SharedJettyTests {

	@ParameterizedTest
	@CsvSource({ "true, SOCKET", "false, WIRE" })
	void endpointsAreServedOnJettysPort(boolean takeOver, Carrier carrier) throws Exception {
		try (App app = App.start("--ws.server.web.take-over=" + takeOver)) {
			try (RawClient client = RawClient.open(app.port(), "/echo")) {
				client.expectEcho("hello");
				assertThat(SessionStats.of(app.session()).carrier()).isEqualTo(carrier);
				assertThat(app.get("http", "/hello")).isEqualTo("hello");
				client.closeInOrder();
			}
			Awaitility.await().until(() -> app.connector().getConnectedEndPoints().size() <= 1); // of
																									// HTTP
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "immediate", "graceful" })
	void aStopOfTheApplicationClosesSessionsInOrder(String shutdown) throws Exception {
		for (boolean takeOver : new boolean[] { true, false }) {
			try (App app = App.start("--ws.server.web.take-over=" + takeOver, "--server.shutdown=" + shutdown);
					RawClient client = RawClient.open(app.port(), "/echo")) {
				client.expectEcho("hello");
				Thread stop = new Thread(app::close);
				stop.start();
				client.expectClose(1001);
				client.sendClose(1001);
				client.expectEof();
				stop.join(20_000);
				assertThat(stop.isAlive()).isFalse();
			}
		}
	}

	@Test
	void jettyIsLeftAloneIfItsPortIsNotShared() {
		try (App app = App.start("--ws.server.port=0", "--server.http2.enabled=true")) {
			assertThat(app.offersConnect()).isTrue();
		}
		try (App app = App.start("--server.http2.enabled=true")) {
			assertThat(app.offersConnect()).isFalse();
		}
	}

	/**
	 * An application.
	 *
	 * @param context its context
	 */
	private record App(ServletWebServerApplicationContext context) implements AutoCloseable {

		static App start(String... arguments) {
			return new App((ServletWebServerApplicationContext) new SpringApplicationBuilder(Configured.class)
				.web(WebApplicationType.SERVLET)
				.properties(Map.of("server.port", "0", "spring.main.banner-mode", "off"))
				.run(arguments));
		}

		int port() {
			return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		}

		ServerConnector connector() {
			JettyWebServer jetty = (JettyWebServer) this.context.getWebServer();
			assertThat(jetty).isNotNull();
			return (ServerConnector) jetty.getServer().getConnectors()[0];
		}

		boolean offersConnect() {
			return connector().getConnectionFactory(HTTP2CServerConnectionFactory.class).isConnectProtocolEnabled();
		}

		WsSession session() {
			return this.context.getBean(WsSessions.class).stream().findFirst().orElseThrow();
		}

		String get(String scheme, String path) throws Exception {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port() + path)).build(),
						BodyHandlers.ofString())
				.body();
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Echo.class, Hello.class })
	static class Configured {

		/** Tomcat is on the class path too. */
		@Bean
		JettyServletWebServerFactory jetty() {
			return new JettyServletWebServerFactory();
		}

	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String onText(String text) {
			return text;
		}

	}

	@RestController
	static class Hello {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

	}

}
