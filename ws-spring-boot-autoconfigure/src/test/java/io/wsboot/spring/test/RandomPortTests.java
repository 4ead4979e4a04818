package io.wsboot.spring.test;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each test has a context of its own. All contexts are alive at the same time, though the
 * application has a fixed port.
 */
class RandomPortTests {

	/** Spring Security is on the class path of these tests. */
	private static final String OPEN = "ws.server.security.enabled=false";

	/** A test of an application, which runs in a context of its own. */
	interface OnAFreePort {

		@Test
		default void echoesOnAFreePort(@LocalWsPort int port) {
			assertThat(port).isNotEqualTo(8090);
			try (WsTestClient client = WsTestClient.connect(port, "/echo")) {
				assertThat(client.send("hello").nextText()).isEqualTo("hello");
			}
		}

	}

	@Nested
	@SpringBootTest(classes = App.class, properties = { OPEN, "spring.main.web-application-type=none" })
	class Mock implements OnAFreePort {

	}

	@Nested
	@SpringBootTest(classes = App.class, webEnvironment = WebEnvironment.NONE,
			properties = { OPEN, "some.other=context" })
	class None implements OnAFreePort {

	}

	@Nested
	@SpringBootTest(classes = App.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { OPEN, "spring.main.web-application-type=servlet" })
	class Random implements OnAFreePort {

		@Test
		void isTheWebServersPort(@LocalWsPort int port, @LocalServerPort int web) {
			assertThat(port).isEqualTo(web);
		}

	}

	@Nested
	@SpringBootTest(classes = App.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { OPEN, "spring.main.web-application-type=servlet", "ws.server.web.enabled=false" })
	class RandomBesideTheWebServers implements OnAFreePort {

		@Test
		void isAPortOfOurOwn(@LocalWsPort int port, @LocalServerPort int web) {
			assertThat(port).isNotEqualTo(web);
		}

	}

	/** A test without a web server says nothing of the application's sharing. */
	@Nested
	@SpringBootTest(classes = App.class, properties = { OPEN, "spring.main.web-application-type=servlet" })
	class MockOfAWebApplication implements OnAFreePort {

	}

	@Nested
	@SpringBootTest(classes = App.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { OPEN, "spring.main.web-application-type=servlet", "some.other=context" })
	class RandomInAnotherContext implements OnAFreePort {

	}

	/** As the application's own settings would say it, below those of the test. */
	@Nested
	@SpringBootTest(classes = App.class, webEnvironment = WebEnvironment.NONE,
			properties = { OPEN, "spring.config.name=sharing" })
	class WithoutTheWebServerThatTheApplicationShares implements OnAFreePort {

	}

	/** Property sources of a test, by precedence over the random port. */
	@Nested
	class ThePortOfATest {

		private @Nullable String port(String... ofTest) {
			ContextCustomizer customizer = customizer(Mock.class);
			assertThat(customizer).isNotNull().isEqualTo(customizer(None.class));
			StandardEnvironment environment = new StandardEnvironment();
			environment.getPropertySources().addLast(new MapPropertySource("application", says("8091")));
			environment.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, new MapPropertySource(
						StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, Map.of("ws.server.port", "8092")));
			for (String source : ofTest) {
				environment.getPropertySources().addFirst(new MapPropertySource(source, says(source)));
			}
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				context.setEnvironment(environment);
				Objects.requireNonNull(customizer).customizeContext(context, null);
			}
			return environment.getProperty("ws.server.port");
		}

		private static Map<String, Object> says(String port) {
			return Map.of("ws.server.port", port);
		}

		@Test
		void comesBeforeThatOfTheApplicationAndTheMachine() {
			assertThat(port()).isEqualTo("0");
		}

		@Test
		void isNoneWhereTheWebServersPortIsShared() {
			assertThat(portOfWebApplication(Map.of())).isNull();
			assertThat(portOfWebApplication(Map.of("ws.server.web.enabled", "true"))).isNull();
			assertThat(portOfWebApplication(Map.of("ws.server.web.enabled", "false"))).isEqualTo("0");
			assertThat(portOfWebApplication(Map.of("ws.server.ssl.bundle", "web"))).isEqualTo("0");
			assertThat(portOfWebApplication(Map.of("ws.server.address", "localhost"))).isEqualTo("0");
			assertThat(portOfWebApplication(Map.of("ws.server.port", "8090", "ws.server.web.enabled", "true")))
				.isEqualTo("0");
		}

		private static @Nullable String portOfWebApplication(Map<String, Object> properties) {
			StandardEnvironment environment = new StandardEnvironment();
			environment.getPropertySources().addLast(new MapPropertySource("application", properties));
			try (ServletWebServerApplicationContext context = new ServletWebServerApplicationContext()) {
				context.setEnvironment(environment);
				Objects.requireNonNull(customizer(Random.class)).customizeContext(context, null);
			}
			return environment.getProperty("ws.server.port");
		}

		@Test
		void isThatOfItsPropertiesOrArguments() {
			assertThat(port("commandLineArgs")).isEqualTo("commandLineArgs");
			assertThat(port("Inlined Test Properties")).isEqualTo("Inlined Test Properties");
		}

	}

	@Nested
	@SpringBootTest(classes = App.class, webEnvironment = WebEnvironment.NONE, properties = OPEN)
	class Dynamic implements OnAFreePort {

		@DynamicPropertySource
		static void properties(DynamicPropertyRegistry registry) {
			registry.add("ws.server.enabled", () -> true);
		}

	}

	@Test
	void isLeftAloneWhereNobodyAsksForATestsPort() {
		assertThat(customizer(Defined.class)).isNull();
		assertThat(customizer(NoTest.class)).isNull();
		assertThat(customizer(Inherited.class)).isNotNull();
	}

	private static @Nullable ContextCustomizer customizer(Class<?> test) {
		return new RandomPortContextCustomizerFactory().createContextCustomizer(test, List.of());
	}

	@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT)
	static class Defined {

	}

	@TestPropertySource(properties = "some=property")
	static class NoTest {

	}

	static class Inherited extends Like {

	}

	@SpringBootTest
	static class Like {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Echo.class)
	static class App {

	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

}
