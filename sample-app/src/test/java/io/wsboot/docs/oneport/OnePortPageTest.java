package io.wsboot.docs.oneport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.wsboot.spring.context.SharedPortMissingException;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.test.WsTestClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Starts applications with the settings that {@code docs/one-port.md} shows, and looks
 * whether they do what the page says.
 */
@ExtendWith(OutputCaptureExtension.class)
class OnePortPageTest {

	private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	/** What tells the blocks apart. */
	private static final List<String> BLOCKS = List.of("    port: 8090", "http-session-attributes",
			"forward-headers-strategy", "take-over: false");

	@Test
	void everyBlockIsTested() {
		assertThat(blocks()).hasSameSizeAs(BLOCKS);
	}

	@Test
	void nothingIsSaid(CapturedOutput output) {
		try (ConfigurableApplicationContext app = start("", "--server.servlet.context-path=/app");
				WsTestClient client = WsTestClient.connect(webPort(app), "/app/who")) {
			assertThat(client.nextText()).isEqualTo("SOCKET 127.0.0.1");
			assertThat(wsPort(app)).isEqualTo(webPort(app));
			assertThat(output).contains("WebSocket server started on the web server's port " + webPort(app)
					+ " (http, context path '/app')");
			assertThat(WsTestClient.refusal(webPort(app), "/who").status()).isEqualTo(404);
		}
	}

	@Test
	void aPortIsSaid() {
		try (ConfigurableApplicationContext app = start("", "--ws.server.port=0");
				WsTestClient client = WsTestClient.connect(wsPort(app), "/who")) {
			assertThat(client.nextText()).isEqualTo("LISTENER 127.0.0.1");
			assertThat(WsTestClient.refusal(webPort(app), "/who").status()).isEqualTo(404);
		}
	}

	@Test
	void bothPorts(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext app = start("    port: 8090", "--ws.server.port=0",
				"--management.endpoints.web.exposure.include=websockets");
				WsTestClient own = WsTestClient.connect(wsPort(app), "/who");
				WsTestClient shared = WsTestClient.connect(webPort(app), "/who")) {
			assertThat(own.nextText()).isEqualTo("LISTENER 127.0.0.1");
			assertThat(shared.nextText()).isEqualTo("SOCKET 127.0.0.1");
			assertThat(output).contains("WebSocket server started on port " + wsPort(app)
					+ " and the web server's port " + webPort(app) + " (http) with 4 endpoints");
			assertThat(carriersInActuator(app)).containsExactlyInAnyOrder("LISTENER", "SOCKET");
		}
	}

	@Test
	void noWebServerToShare() {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> application("").web(WebApplicationType.NONE).run("--ws.server.web.enabled=true"))
			.withRootCauseInstanceOf(SharedPortMissingException.class);
	}

	@Test
	void theHttpSession() throws Exception {
		try (ConfigurableApplicationContext app = start("http-session-attributes")) {
			String cookie = post(app, "/fill", "");
			try (WsTestClient client = WsTestClient.builder().header("Cookie", cookie).connect(webPort(app), "/cart");
					WsTestClient stranger = WsTestClient.connect(webPort(app), "/cart")) {
				assertThat(client.nextText()).isEqualTo("In your cart: apples");
				assertThat(stranger.nextText()).isEqualTo("In your cart: null");
				post(app, "/log-out", cookie);
				assertThat(client.closeStatus().code()).isEqualTo(4401);
			}
		}
	}

	@Test
	void theFilterChain() {
		try (ConfigurableApplicationContext app = application("").sources(WebSocketRules.class)
			.run("--server.port=0", "--ws.server.security.enabled=true")) {
			assertThat(WsTestClient.refusal(webPort(app), "/news").status()).isEqualTo(401);
			assertThatExceptionOfType(HandshakeRefusedException.class)
				.isThrownBy(() -> as("bob:b").connect(webPort(app), "/news"))
				.satisfies((refused) -> assertThat(refused.status()).isEqualTo(403));
			try (WsTestClient ann = as("ann:a").connect(webPort(app), "/news");
					WsTestClient nobody = WsTestClient.connect(webPort(app), "/status")) {
				assertThat(ann.nextText()).isEqualTo("Hello, ann");
				assertThat(nobody.nextText()).isEqualTo("nobody");
			}
		}
	}

	@Test
	void theStrategyCanBeChosen() {
		for (Class<?> chosen : List.of(HandshakeHandlers.WithAutoConfiguration.class,
				HandshakeHandlers.WithoutAutoConfiguration.class)) {
			try (ConfigurableApplicationContext app = application("").sources(chosen)
				.run("--server.port=0",
						"--ws.server.enabled=" + (chosen == HandshakeHandlers.WithAutoConfiguration.class));
					WsTestClient client = WsTestClient.connect(webPort(app), "/class")) {
				assertThat(client.send("x").nextText()).isEqualTo("EngineWebSocketSession");
			}
		}
	}

	@Test
	void proxies() {
		try (ConfigurableApplicationContext app = start("forward-headers-strategy");
				WsTestClient client = WsTestClient.builder()
					.header("X-Forwarded-For", "203.0.113.7")
					.header("X-Forwarded-Host", "chat.example")
					.header("X-Forwarded-Proto", "https")
					.header("Origin", "https://chat.example")
					.connect(webPort(app), "/who")) {
			assertThat(client.nextText()).isEqualTo("SOCKET 203.0.113.7");
		}
	}

	@Test
	void withoutTakingOver() {
		try (ConfigurableApplicationContext app = start("take-over: false");
				WsTestClient client = WsTestClient.connect(webPort(app), "/who")) {
			assertThat(client.nextText()).isEqualTo("WIRE 127.0.0.1");
			assertThat(client.send("x".repeat(200_000)).nextText()).hasSize(200_000);
		}
	}

	private static ConfigurableApplicationContext start(String block, String... arguments) {
		return application(block)
			.run(Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments)).toArray(String[]::new));
	}

	/** Without the settings of the sample application. */
	private static SpringApplicationBuilder application(String block) {
		return new SpringApplicationBuilder(App.class).initializers(settings(block))
			.properties("spring.config.name=none", "spring.main.banner-mode=off", "ws.server.security.enabled=false");
	}

	/** Adds what the block of the page says that contains a text. */
	private static ApplicationContextInitializer<ConfigurableApplicationContext> settings(String text) {
		if (text.isEmpty()) {
			return (context) -> {
			};
		}
		List<String> found = blocks().stream().filter((block) -> block.contains(text)).toList();
		assertThat(found).as(text).hasSize(1);
		assertThat(BLOCKS).contains(text);
		return (context) -> {
			try {
				new YamlPropertySourceLoader()
					.load("the page", new ByteArrayResource(found.get(0).getBytes(StandardCharsets.UTF_8)))
					.forEach(context.getEnvironment().getPropertySources()::addLast);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		};
	}

	private static List<String> blocks() {
		try {
			return YAML.matcher(Files.readString(Path.of("../docs/one-port.md")))
				.results()
				.map((block) -> block.group(1))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int webPort(ConfigurableApplicationContext app) {
		return app.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static int wsPort(ConfigurableApplicationContext app) {
		return app.getEnvironment().getRequiredProperty("local.ws.port", Integer.class);
	}

	private static WsTestClientBuilder as(String credentials) {
		return WsTestClient.builder()
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
	}

	/** Returns the cookie that the answer sets, or an empty text. */
	private static String post(ConfigurableApplicationContext app, String path, String cookie) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + webPort(app) + path))
				.header("Cookie", cookie)
				.POST(BodyPublishers.noBody())
				.build(), BodyHandlers.discarding())
			.headers()
			.firstValue("Set-Cookie")
			.map((field) -> field.substring(0, field.indexOf(';')))
			.orElse("");
	}

	private static List<String> carriersInActuator(ConfigurableApplicationContext app) throws Exception {
		String page = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + webPort(app) + "/actuator/websockets"))
				.build(), BodyHandlers.ofString())
			.body();
		return JsonMapper.shared()
			.readTree(page)
			.at("/sessions/items")
			.valueStream()
			.map((session) -> session.path("carrier").stringValue())
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Endpoints.Who.class, Endpoints.News.class, Endpoints.Status.class, Endpoints.Shop.class,
			CartEndpoint.class })
	static class App {

	}

}
