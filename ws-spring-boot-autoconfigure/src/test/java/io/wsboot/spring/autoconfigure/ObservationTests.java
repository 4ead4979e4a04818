package io.wsboot.spring.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.metrics.CallbackObservations;
import io.wsboot.spring.metrics.DefaultWsCallbackObservationConvention;
import io.wsboot.spring.metrics.HandshakeObservations;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What tracing and its like see of handshakes and callbacks. */
class ObservationTests {

	private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

	private static final String TRACEPARENT = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

	private static RunningApp observed(List<Class<?>> beans, String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 1);
		all[arguments.length] = "--ws.server.observations.enabled=true";
		return RunningApp.start(beans, all);
	}

	private static TestObservationRegistry registry(RunningApp app) {
		return app.context().getBean(TestObservationRegistry.class);
	}

	@Nested
	class Handshakes {

		@Test
		void areObservedWithTheirOutcome() {
			try (RunningApp app = observed(List.of(Room.class, Recording.class))) {
				WsTestClient.connect(app.port(), "/rooms/secret?key=open").close();
				assertThatExceptionOfType(HandshakeRefusedException.class)
					.isThrownBy(() -> WsTestClient.connect(app.port(), "/rooms/x?key=wrong"));
				TestObservationRegistryAssert.assertThat(registry(app))
					.hasNumberOfObservationsWithNameEqualTo("ws.server.upgrade", 2)
					.hasAnObservation((observation) -> observation.hasNameEqualTo("ws.server.upgrade")
						.hasContextualNameEqualTo("ws upgrade /rooms/{room}")
						.hasLowCardinalityKeyValue("endpoint", "/rooms/{room}")
						.hasLowCardinalityKeyValue("outcome", "SUCCESS")
						.hasLowCardinalityKeyValue("status", "101")
						.hasHighCardinalityKeyValue("path", "/rooms/secret")
						.doesNotHaveError())
					.hasAnObservation((observation) -> observation.hasNameEqualTo("ws.server.upgrade")
						.hasLowCardinalityKeyValue("outcome", "CLIENT_ERROR")
						.hasLowCardinalityKeyValue("status", "403"));
			}
		}

		@Test
		void thatFailAreErrors() {
			try (RunningApp app = observed(List.of(Room.class, Recording.class))) {
				assertThatExceptionOfType(HandshakeRefusedException.class)
					.isThrownBy(() -> WsTestClient.connect(app.port(), "/rooms/x"));
				TestObservationRegistryAssert.assertThat(registry(app))
					.hasSingleObservationThat()
					.hasNameEqualTo("ws.server.upgrade")
					.hasLowCardinalityKeyValue("status", "500")
					.hasError()
					.hasBeenStopped();
			}
		}

	}

	@Nested
	class Callbacks {

		@ParameterizedTest
		@ValueSource(strings = { "worker", "event-loop" })
		void areChildrenOfTheHandshakeAndInScope(String execution) {
			try (RunningApp app = observed(List.of(Room.class, Recording.class), "--ws.server.execution=" + execution);
					WsTestClient client = WsTestClient.connect(app.port(), "/rooms/a?key=open")) {
				client.send("tell");
				assertThat(client.nextText()).isEqualTo("ws.server.callback of ws.server.upgrade");
				await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry(app))
					.hasAnObservation((observation) -> observation.hasNameEqualTo("ws.server.callback")
						.hasContextualNameEqualTo("ws text /rooms/{room}")
						.hasLowCardinalityKeyValue("endpoint", "/rooms/{room}")
						.hasLowCardinalityKeyValue("callback", "text")
						.hasLowCardinalityKeyValue("outcome", "SUCCESS")
						.hasHighCardinalityKeyValue("session.id",
								app.sessions().stream().findAny().orElseThrow().id())));
			}
		}

		@Test
		void thatThrowAreErrors() {
			try (RunningApp app = observed(List.of(Room.class, Recording.class));
					WsTestClient client = WsTestClient.connect(app.port(), "/rooms/a?key=open")) {
				client.send("fail");
				assertThat(client.nextText()).isEqualTo("for the trace");
				await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry(app))
					.hasAnObservation((observation) -> observation.hasLowCardinalityKeyValue("callback", "text")
						.hasLowCardinalityKeyValue("outcome", "ERROR")
						.hasError())
					.hasAnObservation((observation) -> observation.hasLowCardinalityKeyValue("callback", "error")
						.hasLowCardinalityKeyValue("outcome", "SUCCESS")));
			}
		}

		@Test
		void haveTheNamesOfTheApplicationsConvention() {
			try (RunningApp app = observed(List.of(Room.class, Recording.class, OwnNames.class));
					WsTestClient client = WsTestClient.connect(app.port(), "/rooms/a?key=open")) {
				client.send("tell");
				assertThat(client.nextText()).isEqualTo("own.name of ws.server.upgrade");
			}
		}

	}

	@Nested
	class Traces {

		@ParameterizedTest
		@ValueSource(strings = { "worker", "event-loop" })
		void goOnFromTheHandshakesTraceparentInEveryCallback(String execution) {
			try (RunningApp app = RunningApp.start(List.of(Traced.class, RealTracer.class),
					"--ws.server.execution=" + execution);
					WsTestClient client = WsTestClient.builder()
						.header("traceparent", TRACEPARENT)
						.connect(app.port(), "/traced")) {
				String[] first = ask(client);
				String[] second = ask(client);
				assertThat(first[0]).isEqualTo(TRACE_ID);
				assertThat(second[0]).isEqualTo(TRACE_ID);
				assertThat(second[1]).as("span of each message").isNotEqualTo(first[1]);
			}
		}

		@Test
		void beginWithTheHandshakeOtherwise() {
			try (RunningApp app = RunningApp.start(List.of(Traced.class, RealTracer.class));
					WsTestClient client = WsTestClient.connect(app.port(), "/traced");
					WsTestClient other = WsTestClient.connect(app.port(), "/traced")) {
				String[] first = ask(client);
				assertThat(first[0]).matches("[0-9a-f]{32}").isNotEqualTo(TRACE_ID);
				assertThat(ask(client)[0]).isEqualTo(first[0]);
				assertThat(ask(other)[0]).isNotEqualTo(first[0]);
			}
		}

		/** The trace and the span that the handler is in. */
		private static String[] ask(WsTestClient client) {
			client.send("which");
			return client.nextText().split(" ");
		}

	}

	@Nested
	class NothingIsMade {

		@Test
		void withoutARegistry() {
			try (RunningApp app = observed(List.of(Room.class),
					"--spring.autoconfigure.exclude=org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")) {
				assertThat(app.context().getBeanProvider(ObservationRegistry.class).stream()).isEmpty();
				expectNoInterceptors(app);
			}
		}

		@Test
		void withoutATracerUnlessTheyAreAskedFor() {
			try (RunningApp app = RunningApp.start(List.of(Room.class, Recording.class))) {
				expectNoInterceptors(app);
			}
		}

		@Test
		void ifTurnedOff() {
			try (RunningApp app = RunningApp.start(List.of(Traced.class, RealTracer.class),
					"--ws.server.observations.enabled=false")) {
				expectNoInterceptors(app);
			}
		}

		@Test
		void ifTheRegistryIgnoresThem() {
			try (RunningApp app = observed(List.of(Room.class, Ignoring.class));
					WsTestClient client = WsTestClient.connect(app.port(), "/rooms/a?key=open")) {
				client.send("tell");
				assertThat(client.nextText()).isEqualTo("none");
				expectNoAttributes(app);
			}
		}

		@Test
		void ofAnEndpointThatIsExcluded() {
			try (RunningApp app = observed(List.of(Room.class, Recording.class),
					"--ws.server.observations.excluded-endpoints=/other,/rooms/{room}");
					WsTestClient client = WsTestClient.connect(app.port(), "/rooms/a?key=open")) {
				client.send("tell");
				assertThat(client.nextText()).isEqualTo("none");
				TestObservationRegistryAssert.assertThat(registry(app)).doesNotHaveAnyObservation();
				expectNoAttributes(app);
			}
		}

		@Test
		void thatAPredicateDoesNotWant() {
			try (RunningApp app = observed(List.of(Room.class, Recording.class, Unwanted.class));
					WsTestClient client = WsTestClient.connect(app.port(), "/rooms/a?key=open")) {
				client.send("tell");
				assertThat(client.nextText()).isEqualTo("none");
				TestObservationRegistryAssert.assertThat(registry(app)).doesNotHaveAnyObservation();
			}
		}

		private static void expectNoInterceptors(RunningApp app) {
			assertThat(app.context().getBeanProvider(HandshakeObservations.class).stream()).isEmpty();
			assertThat(app.context().getBeanProvider(CallbackObservations.class).stream()).isEmpty();
		}

		private static void expectNoAttributes(RunningApp app) {
			assertThat(app.sessions().stream().findAny().orElseThrow().attributes()).isEmpty();
		}

	}

	@WsEndpoint("/rooms/{room}")
	static class Room {

		private final ObservationRegistry registry;

		Room(ObjectProvider<ObservationRegistry> registry) {
			this.registry = registry.getIfAvailable(() -> ObservationRegistry.NOOP);
		}

		@OnHandshake
		HandshakeDecision decide(HandshakeRequest request) {
			return request.queryParam("key").orElseThrow().equals("open") ? HandshakeDecision.accept()
					: HandshakeDecision.refuse(403);
		}

		@OnMessage
		String on(String text) {
			if (text.equals("fail")) {
				throw new IllegalStateException("for the trace");
			}
			Observation current = this.registry.getCurrentObservation();
			if (current == null || current.isNoop()) {
				return "none";
			}
			ObservationView parent = Objects.requireNonNull(current.getContextView().getParentObservation());
			return current.getContextView().getName() + " of " + parent.getContextView().getName();
		}

		@OnError
		String failed(IllegalStateException ex) {
			return String.valueOf(ex.getMessage());
		}

	}

	@WsEndpoint("/traced")
	static class Traced {

		private final Tracer tracer;

		Traced(Tracer tracer) {
			this.tracer = tracer;
		}

		@OnMessage
		String on(String text) {
			Span span = this.tracer.currentSpan();
			return (span == null) ? "none none" : span.context().traceId() + " " + span.context().spanId();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Recording {

		@Bean
		TestObservationRegistry observationRegistry() {
			return TestObservationRegistry.create();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Ignoring {

		@Bean
		ObservationRegistry observationRegistry() {
			return ObservationRegistry.NOOP;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unwanted {

		@Bean
		ObservationPredicate notOurs() {
			return (name, context) -> !name.startsWith("ws.server");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnNames {

		@Bean
		DefaultWsCallbackObservationConvention ownNames() {
			return new DefaultWsCallbackObservationConvention() {

				@Override
				public String getName() {
					return "own.name";
				}

			};
		}

	}

	/** As Boot's tracing would set it up, but for exporting anything. */
	@Configuration(proxyBeanMethods = false)
	static class RealTracer {

		private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
			.setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
			.build();

		@Bean
		Tracer tracer() {
			return new OtelTracer(this.sdk.getTracer("test"), new OtelCurrentTraceContext(), (event) -> {
			});
		}

		@Bean
		ObservationRegistry observationRegistry(Tracer tracer) {
			ObservationRegistry registry = ObservationRegistry.create();
			OtelPropagator propagator = new OtelPropagator(this.sdk.getPropagators(), this.sdk.getTracer("test"));
			registry.observationConfig()
				.observationHandler(new FirstMatchingCompositeObservationHandler(
						new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
						new DefaultTracingObservationHandler(tracer)));
			return registry;
		}

	}

}
