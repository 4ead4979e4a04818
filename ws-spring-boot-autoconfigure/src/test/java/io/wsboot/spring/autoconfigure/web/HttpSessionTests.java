package io.wsboot.spring.autoconfigure.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.HouseKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.wsboot.spring.autoconfigure.web.SharedApp.HANDSHAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The HTTP session within which a WebSocket session is opened, on Tomcat and on Jetty.
 */
@ParameterizedClass
@ValueSource(strings = { SharedApp.WITHOUT_JETTY, SharedApp.WITHOUT_TOMCAT })
class HttpSessionTests {

	@Parameter
	private String without;

	private SharedApp start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add(this.without);
		return SharedApp.start(BEANS, all.toArray(new String[0]));
	}

	private static final List<Class<?>> BEANS = List.of(Attributes.class, Login.class, Ending.class, Scavenging.class);

	private static final String PREFIX = "Set-Cookie: ";

	/** The cookie that an answer sets. */
	static String cookie(String answer) {
		int begin = answer.indexOf(PREFIX) + PREFIX.length();
		return answer.substring(begin, answer.indexOf(';', begin));
	}

	static WsTestClient connect(SharedApp app, String cookie) {
		return WsTestClient.builder().header("Cookie", cookie).connect(app.port(), "/attributes");
	}

	@Test
	void noSessionIsCreated() {
		try (SharedApp app = start()) {
			assertThat(app.http("GET", "/attributes", HANDSHAKE)).startsWith("HTTP/1.1 101 ")
				.doesNotContain("Set-Cookie");
		}
	}

	@Test
	void attributesAreHiddenUnlessTheyAreAskedFor() {
		try (SharedApp app = start(); WsTestClient client = connect(app, cookie(app.http("GET", "/login")))) {
			assertThat(client.send("tell").nextText()).isEqualTo("{}");
		}
		try (SharedApp app = start("ws.server.web.http-session-attributes=cart,nothing");
				WsTestClient client = connect(app, cookie(app.http("GET", "/login")))) {
			assertThat(client.send("tell").nextText()).isEqualTo("{cart=3 apples}");
		}
	}

	@Test
	void theEndOfTheSessionClosesItsSocketsOnly() {
		try (SharedApp app = start()) {
			String one = cookie(app.http("GET", "/login"));
			String other = cookie(app.http("GET", "/login"));
			try (WsTestClient first = connect(app, one);
					WsTestClient second = connect(app, one);
					WsTestClient others = connect(app, other);
					WsTestClient nobodys = WsTestClient.connect(app.port(), "/attributes")) {
				assertThat(first.send("tell").nextText()).isEqualTo("{}");
				assertThat(second.send("tell").nextText()).isEqualTo("{}");
				assertThat(others.send("tell").nextText()).isEqualTo("{}");
				assertThat(app.http("GET", "/logout", "Cookie: " + one)).startsWith("HTTP/1.1 200 ");
				assertThat(first.closeStatus()).hasToString("1008 HTTP session ended");
				assertThat(second.closeStatus().code()).isEqualTo(1008);
				assertThat(others.send("tell").nextText()).isEqualTo("{}");
				assertThat(nobodys.send("tell").nextText()).isEqualTo("{}");
			}
		}
	}

	@Test
	void anotherIdIsTheSameSession() {
		try (SharedApp app = start("ws.server.web.session-end-close-code=4003")) {
			String before = cookie(app.http("GET", "/login"));
			try (WsTestClient client = connect(app, before)) {
				assertThat(client.send("tell").nextText()).isEqualTo("{}");
				String after = cookie(app.http("GET", "/change-id", "Cookie: " + before));
				assertThat(after).isNotEqualTo(before);
				assertThat(client.send("tell").nextText()).isEqualTo("{}");
				app.http("GET", "/logout", "Cookie: " + after);
				assertThat(client.closeStatus().code()).isEqualTo(4003);
			}
		}
	}

	/** As Spring Security does with the strategy {@code migrateSession}. */
	@Test
	void aSessionThatGetsTheAttributesOfAnotherOneIsAnotherOne() {
		try (SharedApp app = start()) {
			String before = cookie(app.http("GET", "/login"));
			try (WsTestClient client = connect(app, before)) {
				assertThat(client.send("tell").nextText()).isEqualTo("{}");
				String after = cookie(app.http("GET", "/migrate", "Cookie: " + before));
				assertThat(client.closeStatus()).hasToString("1008 HTTP session ended");
				try (WsTestClient migrated = connect(app, after)) {
					assertThat(migrated.send("tell").nextText()).isEqualTo("{}");
					app.http("GET", "/logout", "Cookie: " + after);
					assertThat(migrated.closeStatus()).hasToString("1008 HTTP session ended");
				}
			}
		}
	}

	@Test
	void aSessionThatEndsDuringTheHandshakeOpensNothingThatStays() {
		try (SharedApp app = start()) {
			String cookie = cookie(app.http("GET", "/login"));
			try (WsTestClient client = WsTestClient.builder()
				.header("Cookie", cookie)
				.connect(app.port(), "/ending?" + cookie)) {
				assertThat(client.closeStatus()).hasToString("1008 HTTP session ended");
			}
		}
	}

	/** Tomcat looks for expired sessions every sixth time. */
	@Test
	void expiryIsAnEndToo() {
		try (SharedApp app = start("server.tomcat.background-processor-delay=1s")) {
			String cookie = cookie(app.http("GET", "/login"));
			assertThat(app.http("GET", "/expire-soon", "Cookie: " + cookie)).startsWith("HTTP/1.1 200 ");
			try (WsTestClient client = WsTestClient.builder()
				.header("Cookie", cookie)
				.timeout(Duration.ofMinutes(1))
				.connect(app.port(), "/attributes")) {
				assertThat(client.closeStatus()).hasToString("1008 HTTP session ended");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 999, 1005, 1006, 5000 })
	void aCodeThatNobodyMaySendFails(int code) {
		assertThatException().isThrownBy(() -> start("ws.server.web.session-end-close-code=" + code).close())
			.withRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
			.havingRootCause()
			.withMessageContaining("ws.server.web.session-end-close-code");
	}

	@WsEndpoint("/attributes")
	static class Attributes {

		@OnMessage
		String attributes(String text, WsSession session) {
			Map<String, Object> attributes = new TreeMap<>(session.attributes());
			attributes.keySet().removeIf((name) -> name.startsWith("io.wsboot."));
			return attributes.toString();
		}

	}

	/** Logs the client out before the client is accepted. */
	@WsEndpoint("/ending")
	static class Ending {

		private final Environment environment;

		Ending(Environment environment) {
			this.environment = environment;
		}

		@OnHandshake
		HandshakeDecision handshake(HandshakeRequest request) {
			int port = this.environment.getRequiredProperty("local.server.port", Integer.class);
			assertThat(SharedApp.http(port, "GET", "/logout", "Cookie: " + request.query()))
				.startsWith("HTTP/1.1 200 ");
			return HandshakeDecision.accept();
		}

		@OnMessage
		void message(String text) {
		}

	}

	/** Has Jetty look for expired sessions every second, not every ten minutes. */
	@Configuration(proxyBeanMethods = false)
	static class Scavenging {

		@Bean
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> scavenging() {
			return (factory) -> factory.addServerCustomizers((server) -> {
				DefaultSessionIdManager sessions = new DefaultSessionIdManager(server);
				HouseKeeper keeper = new HouseKeeper();
				keeper.setSessionIdManager(sessions);
				try {
					keeper.setIntervalSec(1);
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
				sessions.setSessionHouseKeeper(keeper);
				server.addBean(sessions, true);
			});
		}

	}

	@RestController
	static class Login {

		@GetMapping("/login")
		String login(HttpSession session) {
			session.setAttribute("cart", "3 apples");
			session.setAttribute("secret", "42");
			return "in";
		}

		@GetMapping("/change-id")
		String changeId(HttpServletRequest request) {
			return request.changeSessionId();
		}

		@GetMapping("/migrate")
		String migrate(HttpServletRequest request) {
			HttpSession before = request.getSession();
			Map<String, Object> attributes = new TreeMap<>();
			Collections.list(before.getAttributeNames())
				.forEach((name) -> attributes.put(name, before.getAttribute(name)));
			before.invalidate();
			HttpSession after = request.getSession(true);
			attributes.forEach(after::setAttribute);
			return "migrated";
		}

		@GetMapping("/expire-soon")
		String expireSoon(HttpSession session) {
			session.setMaxInactiveInterval(1);
			return "soon";
		}

		@GetMapping("/logout")
		String logout(HttpSession session) {
			session.invalidate();
			return "out";
		}

	}

}
