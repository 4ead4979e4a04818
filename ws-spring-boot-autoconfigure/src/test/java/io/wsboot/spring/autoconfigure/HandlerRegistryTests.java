package io.wsboot.spring.autoconfigure;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.wsboot.CloseStatus;
import io.wsboot.EndpointLimits;
import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.context.WsHandlerRegistration;
import io.wsboot.spring.context.WsHandlerRegistry;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.test.WsTestClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Handlers that are no annotated methods, and such as come and go while the server runs.
 */
class HandlerRegistryTests {

	private static String ask(RunningApp app, String path, String text) {
		try (WsTestClient client = WsTestClient.connect(app.port(), path)) {
			return client.send(text).nextText();
		}
	}

	private static int refusal(RunningApp app, String path) {
		return WsTestClient.refusal(app.port(), path).status();
	}

	private static WsHandlerRegistry registry(RunningApp app) {
		return app.context().getBean(WsHandlerRegistry.class);
	}

	@Test
	void aHandlerWithAPathIsServed() {
		try (RunningApp app = RunningApp.start(List.of(Annotated.class, Registrations.class))) {
			assertThat(ask(app, "/annotated/7", "x")).isEqualTo("annotated 7 x");
			try (WsTestClient client = WsTestClient.builder().subprotocols("v1").connect(app.port(), "/annotated/7")) {
				assertThat(client.subprotocol()).contains("v1");
				assertThat(client.send("x".repeat(101)).closeStatus().code()).isEqualTo(1009);
			}
			assertThat(ask(app, "/registered", "x")).isEqualTo("registered x");
			try (WsTestClient client = WsTestClient.connect(app.port(), "/short")) {
				assertThat(client.send("12345").closeStatus().code()).isEqualTo(1009);
			}
		}
	}

	@Test
	void handlersComeAndGo() {
		try (RunningApp app = RunningApp.start(List.of(Annotated.class))) {
			assertThat(refusal(app, "/late")).isEqualTo(404);
			registry(app).register("/late", new Echo("late"));
			try (WsTestClient client = WsTestClient.connect(app.port(), "/late")) {
				assertThat(client.send("x").nextText()).isEqualTo("late x");
				assertThat(app.sessions().at("/late").count()).isEqualTo(1);
				assertThat(registry(app).unregister("/late")).isTrue();
				assertThat(client.closeStatus().code()).isEqualTo(1001);
			}
			assertThat(refusal(app, "/late")).isEqualTo(404);
			assertThat(registry(app).unregister("/late")).isFalse();
			registry(app).register("/late", new Echo("again"));
			try (WsTestClient client = WsTestClient.connect(app.port(), "/late")) {
				assertThat(registry(app).retire("/late")).isTrue();
				assertThat(client.send("x").nextText()).isEqualTo("again x");
				assertThat(refusal(app, "/late")).isEqualTo(404);
			}
		}
	}

	@Test
	void anEndpointBeanThatComesLateIsRegistered() {
		try (RunningApp app = RunningApp.start(List.of(Annotated.class))) {
			GenericApplicationContext context = (GenericApplicationContext) app.context();
			context.registerBean(Late.class);
			assertThat(registry(app).register(context.getBean(Late.class))).isEqualTo("/late");
			assertThat(ask(app, "/late", "x")).isEqualTo("late x");
			assertThatExceptionOfType(InvalidEndpointException.class)
				.isThrownBy(() -> registry(app).register(new Object()))
				.withMessageContaining("is not annotated with @WsEndpoint");
			assertThatExceptionOfType(InvalidEndpointException.class)
				.isThrownBy(() -> registry(app).register(new Both()))
				.withMessageContaining("implements WsHandler");
		}
	}

	@Test
	void allOfItOutlivesAStopAndAStart() {
		try (RunningApp app = RunningApp.start(List.of(Annotated.class, Registrations.class, Early.class))) {
			assertThat(ask(app, "/early", "x")).as("before the first start").isEqualTo("early x");
			registry(app).register("/late", new Echo("late"));
			assertThat(registry(app).unregister("/registered")).as("a bean").isTrue();
			assertThat(refusal(app, "/registered")).isEqualTo(404);
			app.context().stop();
			registry(app).register("/stopped", new Echo("stopped"));
			assertThat(registry(app).unregister("/short")).isTrue();
			app.context().start();
			Stream.of("early", "late", "stopped")
				.forEach((name) -> assertThat(ask(app, "/" + name, "x")).isEqualTo(name + " x"));
			assertThat(List.of(refusal(app, "/registered"), refusal(app, "/short"))).containsOnly(404);
			registry(app).register("/registered", new Echo("another"));
			assertThat(ask(app, "/registered", "x")).isEqualTo("another x");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/registered", "/annotated/{id}", "/annotated/{other}", "late", "/late/", "/{late" })
	void whatCannotBeServedChangesNothing(String path) {
		try (RunningApp app = RunningApp.start(List.of(Annotated.class, Registrations.class))) {
			assertThatIllegalArgumentException().isThrownBy(() -> registry(app).register(path, new Echo("no")));
			app.context().stop();
			app.context().start();
			assertThat(ask(app, "/registered", "x")).isEqualTo("registered x");
			assertThat(ask(app, "/annotated/7", "x")).isEqualTo("annotated 7 x");
		}
	}

	@Test
	void twoBeansOnOnePathStopTheStart() {
		assertThatException().isThrownBy(() -> RunningApp.start(List.of(Registrations.class, Twice.class)))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessage("there is an endpoint at /registered already");
	}

	@Test
	void withoutAServerNothingIsServed() {
		try (RunningApp app = RunningApp.start(List.of(Registrations.class, Early.class),
				"--ws.server.enabled=false")) {
			registry(app).register("/late", new Echo("late"));
			assertThat(registry(app).unregister("/late")).isTrue();
		}
	}

	@Test
	void metersOfRemovedHandlersDoNotStay() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Annotated.class))) {
			MeterRegistry meters = app.context().getBean(MeterRegistry.class);
			cycle(app, "/first");
			Awaitility.await().until(() -> metersOf(meters, "/first") == 0);
			int before = meters.getMeters().size();
			for (int i = 0; i < 100; i++) {
				cycle(app, "/late/" + i);
			}
			for (int i = 0; i < 10_000; i++) {
				registry(app).register("/many/" + i, new Echo("many"));
				registry(app).unregister("/many/" + i);
			}
			// another thread may still be telling of what this one has done
			Awaitility.await().untilAsserted(() -> assertThat(meters.getMeters()).hasSizeLessThanOrEqualTo(before + 2));
			assertThat(metersOf(meters, "/annotated/{id}")).isPositive();

			registry(app).register("/first", new Echo("first"));
			assertThat(ask(app, "/first", "x")).isEqualTo("first x");
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(meters.get("ws.server.messages")
					.tags("endpoint", "/first", "direction", "in", "type", "text")
					.functionCounter()
					.count()).isEqualTo(1));
			assertThat(meters.get("ws.server.handshakes").tags("endpoint", "/first").timer().count()).isEqualTo(1);
		}
	}

	private static void cycle(RunningApp app, String path) throws InterruptedException {
		CountDownLatch closed = new CountDownLatch(1);
		registry(app).register(path, new Echo("late") {

			@Override
			public void onClose(WsSession session, CloseStatus status) {
				closed.countDown();
			}

		});
		try (WsTestClient client = WsTestClient.connect(app.port(), path)) {
			assertThat(client.send("x").nextText()).isEqualTo("late x");
			registry(app).unregister(path);
			assertThat(client.closeStatus().code()).isEqualTo(1001);
		}
		closed.await();
	}

	private static long metersOf(MeterRegistry meters, String path) {
		return meters.getMeters().stream().filter((meter) -> path.equals(meter.getId().getTag("endpoint"))).count();
	}

	static class Echo implements WsHandler {

		private final String name;

		Echo(String name) {
			this.name = name;
		}

		@Override
		public void onText(WsSession session, String text) {
			session.send(this.name + " " + text);
		}

	}

	@WsEndpoint(path = "/annotated/{id}", subprotocols = "v1", maxMessageSize = "100B")
	static class Annotated implements WsHandler {

		@Override
		public void onText(WsSession session, String text) {
			session.send("annotated " + session.handshake().pathVariables().get("id") + " " + text);
		}

	}

	@WsEndpoint("/both")
	static class Both implements WsHandler {

		@OnMessage
		void said(String text) {
		}

	}

	@WsEndpoint("/late")
	static class Late {

		@OnMessage
		String said(String text) {
			return "late " + text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registrations {

		@Bean
		WsHandlerRegistration registered() {
			return new WsHandlerRegistration("/registered", new Echo("registered"));
		}

		@Bean
		WsHandlerRegistration ofShortMessages() {
			return new WsHandlerRegistration("/short", new Echo("short"),
					EndpointOptions.DEFAULTS.withLimits(EndpointLimits.OF_SERVER.withMaxMessageSize(4)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Twice {

		@Bean
		WsHandlerRegistration twice() {
			return new WsHandlerRegistration("/registered", new Echo("twice"));
		}

	}

	static class Early implements InitializingBean {

		private final WsHandlerRegistry registry;

		Early(WsHandlerRegistry registry) {
			this.registry = registry;
		}

		@Override
		public void afterPropertiesSet() {
			this.registry.register("/early", new Echo("early"));
		}

	}

}
