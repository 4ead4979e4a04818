package io.wsboot.spring.autoconfigure.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.wsboot.WsSession;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.autoconfigure.TestCertificate;
import io.wsboot.spring.autoconfigure.WsServerOptionsCustomizer;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.SharedPortMissingException;
import io.wsboot.spring.context.WsServerLifecycle;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.wsboot.spring.autoconfigure.web.SharedApp.HANDSHAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Where endpoints are served, and when, beside Tomcat. */
@ExtendWith(OutputCaptureExtension.class)
class PlacementTests {

	private static final List<Class<?>> BEANS = List.of(Echo.class, Hello.class);

	private static void echoes(int port, String path) {
		try (WsTestClient client = WsTestClient.connect(port, path)) {
			assertThat(client.send("a").nextText()).isEqualTo("a");
		}
	}

	@Test
	void withoutAWordTheWebServersPortIsShared(CapturedOutput output) {
		try (SharedApp app = SharedApp.start(BEANS)) {
			assertThat(app.port()).isEqualTo(app.webPort());
			assertThat(output).containsOnlyOnce(
					"WebSocket server started on the web server's port " + app.port() + " (http) with 1 endpoint\n");
			echoes(app.port(), "/echo");
		}
		assertThat(output).containsOnlyOnce("WebSocket server stopped on the web server's port ");
	}

	@Test
	void theContextPathIsToldInTheLog(CapturedOutput output) {
		try (SharedApp app = SharedApp.start(BEANS, "server.servlet.context-path=/app")) {
			assertThat(output).containsOnlyOnce("WebSocket server started on the web server's port " + app.port()
					+ " (http, context path '/app') with 1 endpoint\n");
		}
	}

	@Test
	void aPortOfOurOwnIsNotShared(CapturedOutput output) {
		try (SharedApp app = SharedApp.start(BEANS, "ws.server.port=0")) {
			assertThat(app.port()).isNotEqualTo(app.webPort());
			assertThat(output)
				.containsOnlyOnce("WebSocket server started on port " + app.port() + " with 1 endpoint\n");
			echoes(app.port(), "/echo");
			assertThat(app.http("GET", "/echo", HANDSHAKE)).startsWith("HTTP/1.1 404 ");
		}
	}

	@Test
	void bothPortsServeTheSameEndpointsOnRequest(CapturedOutput output) {
		try (SharedApp app = SharedApp.start(BEANS, "ws.server.port=0", "ws.server.web.enabled=true")) {
			assertThat(app.port()).isNotEqualTo(app.webPort());
			assertThat(output).containsOnlyOnce("WebSocket server started on port " + app.port()
					+ " and the web server's port " + app.webPort() + " (http) with 1 endpoint\n");
			echoes(app.port(), "/echo");
			echoes(app.webPort(), "/echo");
			assertThat(app.server().server().stats().endpoints()).hasSize(1);
		}
	}

	@Test
	void sharingCanBeForbidden() {
		try (SharedApp app = SharedApp.start(BEANS, "ws.server.port=0", "ws.server.web.enabled=false")) {
			assertThat(app.server().server().isListening()).isTrue();
			assertThat(app.http("GET", "/echo", HANDSHAKE)).startsWith("HTTP/1.1 404 ");
		}
	}

	@Test
	void sharingThePortOfNoWebServerFails(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> SharedApp.start(WebApplicationType.NONE, BEANS, "ws.server.web.enabled=true").close())
			.withRootCauseInstanceOf(SharedPortMissingException.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("ws.server.web.enabled=true says that the endpoints are served on the web server's port, but "
					+ "the application has no embedded web server whose port can be shared.")
			.contains("Add a web server whose port can be shared");
	}

	@Test
	void withoutWebServerTheListenerIsOurOwn() {
		try (SharedApp app = SharedApp.start(WebApplicationType.NONE, BEANS, "ws.server.port=0")) {
			echoes(app.port(), "/echo");
		}
	}

	/** A web server in which the application is deployed is not the application's own. */
	@Test
	void aDeployedApplicationHasAListenerOfItsOwn() {
		new WebApplicationContextRunner().withUserConfiguration(SharedApp.App.class, Echo.class)
			.withPropertyValues("ws.server.security.enabled=false", "ws.server.shutdown.timeout=1s")
			.withBean(WsServerOptionsCustomizer.class, () -> (options) -> options.port(0))
			.run((context) -> {
				assertThat(context.getBean(CurrentServer.class).server().isListening()).isTrue();
				echoes(context.getEnvironment().getRequiredProperty("local.ws.port", Integer.class), "/echo");
			});
	}

	@Test
	void lazyInitializationChangesNothing() {
		try (SharedApp app = SharedApp.start(BEANS, "spring.main.lazy-initialization=true")) {
			assertThat(app.port()).isEqualTo(app.webPort());
			echoes(app.port(), "/echo");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "graceful", "immediate" })
	void theServerRunsBeforeTheWebServerAcceptsAndStopsBeforeItStops(String shutdown) {
		Phases phases;
		try (SharedApp app = SharedApp.start(List.of(Echo.class, Hello.class, Phases.class),
				"server.shutdown=" + shutdown)) {
			phases = app.context().getBean(Phases.class);
			assertThat(phases.seen).containsExactly("runs, and the web server does not");
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				assertThat(client.send("a").nextText()).isEqualTo("a");
				app.context().close();
				assertThat(client.closeStatus().code()).isEqualTo(1001);
			}
		}
		assertThat(phases.seen).containsExactly("runs, and the web server does not", "stopped", "page 200",
				"handshake 503");
	}

	@Test
	void aWebServerThatStopsFirstTakesNoSocketAlong() {
		try (SharedApp app = SharedApp.start(BEANS)) {
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				assertThat(client.send("a").nextText()).isEqualTo("a");
				((WebServerApplicationContext) app.context()).getWebServer().stop();
				assertThat(client.send("b").nextText()).isEqualTo("b");
				app.context().close();
				assertThat(client.closeStatus().code()).isEqualTo(1001);
			}
		}
	}

	@Test
	void aWebServerThatStopsFirstEndsSessionsOverAWire() {
		try (SharedApp app = SharedApp.start(BEANS, "ws.server.web.take-over=false");
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			assertThat(client.send("a").nextText()).isEqualTo("a");
			((WebServerApplicationContext) app.context()).getWebServer().stop();
			assertThat(client.closeStatus().code()).isEqualTo(1001);
		}
	}

	@Test
	void aStoppedContextStartsAgain() {
		try (SharedApp app = SharedApp.start(BEANS)) {
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				app.context().stop();
				assertThat(client.closeStatus().code()).isEqualTo(1001);
			}
			WsServerLifecycle lifecycle = app.context().getBean(WsServerLifecycle.class);
			assertThat(lifecycle.isRunning()).isFalse();
			assertThat(lifecycle.server()).isNull();
			app.context().start();
			assertThat(lifecycle.isRunning()).isTrue();
			echoes(app.port(), "/echo");
		}
	}

	@Test
	void theServerAloneStartsAgain() {
		try (SharedApp app = SharedApp.start(BEANS)) {
			WsServerLifecycle lifecycle = app.context().getBean(WsServerLifecycle.class);
			lifecycle.stop();
			assertThat(app.http("GET", "/echo", HANDSHAKE)).startsWith("HTTP/1.1 503 ");
			assertThat(app.http("GET", "/hello")).startsWith("HTTP/1.1 200 ");
			lifecycle.start();
			echoes(app.port(), "/echo");
		}
	}

	@Test
	void twoApplicationsLiveBesideEachOther() {
		try (SharedApp one = SharedApp.start(BEANS); SharedApp other = SharedApp.start(BEANS)) {
			assertThat(one.port()).isNotEqualTo(other.port());
			echoes(one.port(), "/echo");
			echoes(other.port(), "/echo");
		}
	}

	@Test
	void aWebServerThatCannotListenStopsTheServer() {
		try (SharedApp app = SharedApp.start(BEANS)) {
			Kept.server = null;
			assertThatException()
				.isThrownBy(() -> SharedApp.start(List.of(Echo.class, Kept.class), "server.port=" + app.port()).close())
				.satisfies((ex) -> assertThat(ex).hasRootCauseInstanceOf(java.net.BindException.class));
			assertThat(Kept.server.latest()).isNotNull();
			assertThat(Kept.server.server()).isNull();
			echoes(app.port(), "/echo");
		}
	}

	@Test
	void managementOnAnotherPortIsNoPlaceForEndpoints() {
		try (SharedApp app = SharedApp.start(BEANS, "management.server.port=0",
				"management.endpoints.web.exposure.include=health", "management.endpoint.health.show-details=always")) {
			int management = app.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
			assertThat(SharedApp.http(management, "GET", "/echo", HANDSHAKE)).startsWith("HTTP/1.1 404 ");
			assertThat(SharedApp.http(management, "GET", "/actuator/health")).startsWith("HTTP/1.1 200 ")
				.contains("\"port\":" + app.port());
			echoes(app.webPort(), "/echo");
		}
	}

	@ParameterizedTest
	@CsvSource({ "true, SOCKET", "false, WIRE" })
	void socketsMoveUnlessTheyMayNot(boolean takeOver, Carrier carrier) {
		try (SharedApp app = SharedApp.start(BEANS, "ws.server.web.take-over=" + takeOver);
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			assertThat(client.send("a").nextText()).isEqualTo("a");
			WsSession session = app.server().sessions().stream().findFirst().orElseThrow();
			assertThat(SessionStats.of(session).carrier()).isEqualTo(carrier);
		}
	}

	@Test
	void tlsIsTheWebServers(@TempDir Path directory, CapturedOutput output) throws Exception {
		TestCertificate certificate = TestCertificate.of("server.test");
		Files.writeString(directory.resolve("server.key"), certificate.keyPem());
		Files.writeString(directory.resolve("server.pem"), certificate.certificatePem());
		try (SharedApp app = SharedApp.start(BEANS, "server.ssl.bundle=web",
				"spring.ssl.bundle.pem.web.keystore.certificate=" + directory.resolve("server.pem"),
				"spring.ssl.bundle.pem.web.keystore.private-key=" + directory.resolve("server.key"));
				WsTestClient client = WsTestClient.builder()
					.tls(TestCertificate.onlyTrusting(certificate))
					.connect(app.port(), "/echo")) {
			assertThat(client.send("a").nextText()).isEqualTo("a");
			assertThat(app.server().isSecure()).isTrue();
			assertThat(output).contains("WebSocket server started on the web server's port " + app.port() + " (https)");
		}
	}

	/** A bundle for a listener would be of no use without the listener. */
	@Test
	void tlsOfOurOwnAsksForAListener(@TempDir Path directory) throws Exception {
		TestCertificate certificate = TestCertificate.of("server.test");
		Files.writeString(directory.resolve("server.key"), certificate.keyPem());
		Files.writeString(directory.resolve("server.pem"), certificate.certificatePem());
		try (SharedApp app = SharedApp.start(List.of(Echo.class, FreePort.class), "ws.server.ssl.bundle=web",
				"spring.ssl.bundle.pem.web.keystore.certificate=" + directory.resolve("server.pem"),
				"spring.ssl.bundle.pem.web.keystore.private-key=" + directory.resolve("server.key"))) {
			assertThat(app.server().server().isListening()).isTrue();
			assertThat(app.http("GET", "/echo", HANDSHAKE)).startsWith("HTTP/1.1 404 ");
		}
		try (SharedApp app = SharedApp.start(List.of(Echo.class, FreePort.class), "ws.server.address=127.0.0.1")) {
			assertThat(app.server().server().isListening()).isTrue();
			assertThat(app.http("GET", "/echo", HANDSHAKE)).startsWith("HTTP/1.1 404 ");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class FreePort {

		@Bean
		WsServerOptionsCustomizer freePort() {
			return (options) -> options.port(0);
		}

	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String echo(String text) {
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

	static class Kept {

		private static CurrentServer server;

		Kept(CurrentServer current) {
			server = current;
		}

	}

	/** Looks at the server right before the web server starts, and before it stops. */
	@Configuration(proxyBeanMethods = false)
	static class Phases {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@Bean
		SmartLifecycle beforeTheWebServerStarts(CurrentServer current, Environment environment) {
			return new Phase(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1,
					() -> this.seen.add(((current.server() != null) ? "runs" : "does not run") + ", and the web server "
							+ (environment.containsProperty("local.server.port") ? "does" : "does not")),
					() -> {
					});
		}

		@Bean
		SmartLifecycle beforeTheWebServerStops(CurrentServer current, WebServerApplicationContext context) {
			return new Phase(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1, () -> {
			}, () -> {
				int port = context.getWebServer().getPort();
				this.seen.add((current.server() != null) ? "runs" : "stopped");
				this.seen.add("page " + SharedApp.http(port, "GET", "/hello").substring(9, 12));
				this.seen.add("handshake " + SharedApp.http(port, "GET", "/echo", HANDSHAKE).substring(9, 12));
			});
		}

	}

	private static final class Phase implements SmartLifecycle {

		private final int phase;

		private final Runnable start;

		private final Runnable stop;

		private volatile boolean running;

		Phase(int phase, Runnable start, Runnable stop) {
			this.phase = phase;
			this.start = start;
			this.stop = stop;
		}

		@Override
		public void start() {
			this.running = true;
			this.start.run();
		}

		@Override
		public void stop() {
			this.running = false;
			this.stop.run();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
