package io.wsboot.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.spi.HandshakeInterceptor;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.autoconfigure.web.SharedApp;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.WsHandlerRegistration;
import io.wsboot.spring.context.WsServerLifecycle;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextHierarchy;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** A parent context with several children: each has a server of its own. */
class ContextHierarchyTests {

	private static ConfigurableApplicationContext start(@Nullable ConfigurableApplicationContext parent,
			List<Class<?>> beans, String... arguments) {
		List<Class<?>> sources = new ArrayList<>(beans);
		sources.add(RunningApp.App.class);
		List<String> all = new ArrayList<>(List.of("--ws.server.port=0", "--ws.server.security.enabled=false"));
		all.addAll(List.of(arguments));
		SpringApplicationBuilder builder = new SpringApplicationBuilder(sources.toArray(new Class<?>[0]))
			.web(WebApplicationType.NONE);
		if (parent != null) {
			builder.parent(parent);
		}
		return builder.run(all.toArray(new String[0]));
	}

	private static int port(ApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.ws.port", Integer.class);
	}

	private static String ask(ApplicationContext context, String path, String text) {
		try (WsTestClient client = WsTestClient.connect(port(context), path)) {
			return client.send(text).nextText();
		}
	}

	private static int refusal(ApplicationContext context, String path) {
		return WsTestClient.refusal(port(context), path).status();
	}

	@Test
	void eachServesItsEndpointsOnItsPort() {
		try (var parent = start(null, List.of(Everywhere.class), "--ws.server.max-connections=7");
				var one = start(parent, List.of(One.class), "--ws.server.max-connections=8");
				var two = start(parent, List.of(Two.class, Registration.class), "--ws.server.max-connections=9")) {
			assertThat(List.of(port(parent), port(one), port(two))).doesNotHaveDuplicates();
			assertThat(ask(parent, "/everywhere", "x")).isEqualTo("everywhere x");
			assertThat(ask(one, "/one", "x")).isEqualTo("one x");
			assertThat(ask(two, "/two", "x")).isEqualTo("two x");
			assertThat(ask(two, "/registered", "x")).isEqualTo("registered x");
			assertThat(List.of(refusal(parent, "/one"), refusal(one, "/two"), refusal(one, "/registered"),
					refusal(two, "/everywhere")))
				.containsOnly(404);
			assertThat(List.of(parent, one, two)).extracting((context) -> context.getBean(WsServerOptions.class))
				.extracting(WsServerOptions::maxConnections)
				.containsExactly(7, 8, 9);
			try (WsTestClient client = WsTestClient.connect(port(one), "/one")) {
				client.send("x").nextText();
				assertThat(List.of(parent, one, two)).extracting((context) -> context.getBean(WsSessions.class))
					.extracting(WsSessions::count)
					.containsExactly(0L, 1L, 0L);
			}
		}
	}

	@Test
	void aParentWithoutEndpointsIsStartedOnceToo() {
		try (var parent = start(null, List.of())) {
			try (var one = start(parent, List.of(One.class))) {
				assertThat(parent.getBean(CurrentServer.class).server()).isNotNull()
					.isNotEqualTo(one.getBean(CurrentServer.class).server());
				assertThat(refusal(parent, "/one")).isEqualTo(404);
			}
			assertThat(refusal(parent, "/one")).as("the child has ended").isEqualTo(404);
		}
	}

	@Test
	void aParentMayHaveNoServer() {
		try (var parent = start(null, List.of(), "--ws.server.enabled=false");
				var one = start(parent, List.of(One.class), "--ws.server.enabled=true");
				var none = start(parent, List.of(Two.class), "--ws.server.enabled=false")) {
			assertThat(ask(one, "/one", "x")).isEqualTo("one x");
			assertThat(none.getBean(CurrentServer.class).server()).isNull();
			assertThat(none.getBeansOfType(WsServerLifecycle.class)).isEmpty();
		}
	}

	/** Such as the one that actuator makes for a management port. */
	@Test
	void aContextThatIsNotAutoConfiguredSharesTheServerOfItsParent() {
		try (var parent = start(null, List.of(One.class));
				var child = new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE)
					.parent(parent)
					.run("--ws.server.port=1")) {
			assertThat(child.getBeansOfType(WsServerLifecycle.class)).isEmpty();
			assertThat(child.getBean(WsSessions.class)).isSameAs(parent.getBean(WsSessions.class));
			assertThat(ask(parent, "/one", "x")).isEqualTo("one x");
		}
	}

	@Test
	void aManagementPortMakesNoSecondServer() {
		try (var context = new SpringApplicationBuilder(RunningApp.App.class, One.class, Two.class)
			.web(WebApplicationType.SERVLET)
			.run("--ws.server.port=0", "--ws.server.security.enabled=false", "--server.port=0",
					"--management.server.port=0", "--" + SharedApp.WITHOUT_JETTY)) {
			assertThat(ask(context, "/one", "x")).isEqualTo("one x");
			assertThat(context.getBeansOfType(WsServerLifecycle.class)).hasSize(1);
		}
	}

	@Test
	void whatServesAllEndpointsAlikeIsInherited() {
		List<String> asked = new CopyOnWriteArrayList<>();
		try (var parent = start(null, List.of(Shared.class));
				var one = start(parent, List.of(One.class, Badges.class, BadgeConverter.class))) {
			parent.getBean(Shared.class).asked = asked;
			assertThat(ask(one, "/one", "x")).isEqualTo("one x");
			assertThat(asked).containsExactly("/one");
			assertThat(ask(one, "/badges", "ann")).as("by the child's own converter").isEqualTo("badge of ann");
			assertThat(one.getBean(WsServerOptions.class).backlog()).as("options are not").isEqualTo(1024);
			assertThat(parent.getBean(WsServerOptions.class).backlog()).isEqualTo(5);
		}
	}

	@Test
	void aConverterThatTheParentDefinesServesTheChildrenToo() {
		try (var parent = start(null, List.of(OwnConverter.class));
				var one = start(parent, List.of(One.class, Badges.class));
				var two = start(one, List.of(Badges.class))) {
			assertThat(ask(one, "/badges", "ann")).isEqualTo("own Badge[text=badge of ann]");
			assertThat(ask(two, "/badges", "bob")).isEqualTo("own Badge[text=badge of bob]");
		}
	}

	@Test
	void aContextThatIsRefreshedTwiceStartsAnotherServerAndStopsTheFirst() {
		try (var context = new AnnotationConfigWebApplicationContext()) {
			context.setServletContext(new MockServletContext());
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("open", Map.of("ws.server.security.enabled", false)));
			context.register(RunningApp.App.class, One.class, FreePort.class);
			context.refresh();
			int first = port(context);
			assertThat(ask(context, "/one", "x")).isEqualTo("one x");
			context.refresh();
			assertThat(ask(context, "/one", "x")).isEqualTo("one x");
			assertThat(port(context)).isNotEqualTo(first);
		}
	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
			properties = "ws.server.security.enabled=false")
	@ContextHierarchy({ @ContextConfiguration(name = "parent", classes = { RunningApp.App.class, Two.class }),
			@ContextConfiguration(name = "child", classes = { RunningApp.App.class, One.class }) })
	class OfATest {

		@LocalWsPort
		private int port;

		@Test
		void eachHasAPort(@Autowired ApplicationContext context) {
			ApplicationContext parent = Objects.requireNonNull(context.getParent());
			assertThat(this.port).isEqualTo(port(context)).isNotEqualTo(port(parent));
			assertThat(ask(context, "/one", "x")).isEqualTo("one x");
			assertThat(ask(parent, "/two", "x")).isEqualTo("two x");
		}

	}

	@WsEndpoint("/everywhere")
	static class Everywhere {

		@OnMessage
		String said(String text) {
			return "everywhere " + text;
		}

	}

	@WsEndpoint("/one")
	static class One {

		@OnMessage
		String said(String text) {
			return "one " + text;
		}

	}

	@WsEndpoint("/two")
	static class Two {

		@OnMessage
		String said(String text) {
			return "two " + text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		WsHandlerRegistration registered() {
			return new WsHandlerRegistration("/registered", new WsHandler() {

				@Override
				public void onText(WsSession session, String text) {
					session.send("registered " + text);
				}

			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class FreePort {

		@Bean
		WsServerOptionsCustomizer freePort() {
			return (options) -> options.port(0);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Shared {

		private List<String> asked = List.of();

		@Bean
		HandshakeInterceptor noting() {
			return (request, next) -> {
				this.asked.add(next.endpoint());
				return next.proceed(request);
			};
		}

		@Bean
		WsServerOptionsCustomizer backlog() {
			return (options) -> options.backlog(5);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConverter {

		@Bean
		PayloadConverter ownConverter() {
			return (payload) -> Message.text("own " + payload);
		}

	}

	record Badge(String text) {
	}

	@WsEndpoint("/badges")
	static class Badges {

		@OnMessage
		Badge badge(String name) {
			return new Badge("badge of " + name);
		}

	}

	static class BadgeConverter implements WsMessageConverter {

		@Override
		public boolean supports(ResolvableType type) {
			return type.resolve() == Badge.class;
		}

		@Override
		public boolean isBinary() {
			return false;
		}

		@Override
		public Object read(Message message, ResolvableType type) {
			return new Badge(((Message.Text) message).text());
		}

		@Override
		public Message write(Object payload) {
			return Message.text(((Badge) payload).text());
		}

	}

}
