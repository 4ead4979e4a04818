package io.wsboot.spring.autoconfigure;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.wsboot.CloseStatus;
import io.wsboot.WsSessions;
import io.wsboot.server.config.PortInUseException;
import io.wsboot.server.spi.WsServerStats;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.context.WsServerLifecycle;
import io.wsboot.spring.context.WsServerStartedEvent;
import io.wsboot.spring.context.WsServerStoppedEvent;
import io.wsboot.spring.test.WsTestClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** When the server starts and stops, and what is told of it. */
@ExtendWith(OutputCaptureExtension.class)
class LifecycleTests {

	@Test
	void startIsToldOnceWithPortAndEndpoints(CapturedOutput output) {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Events.class))) {
			assertThat(output.getAll())
				.containsOnlyOnce("WebSocket server started on port " + app.port() + " with 1 endpoint\n");
			assertThat(app.context().getBean(Events.class).seen).first()
				.isInstanceOfSatisfying(WsServerStartedEvent.class, (event) -> {
					assertThat(event.port()).isEqualTo(app.port());
					assertThat(event.server().port()).isEqualTo(app.port());
				});
		}
	}

	@Test
	void closingTheContextRefusesTrafficThenCloses1001ThenTellsItHasStopped(CapturedOutput output) throws Exception {
		Events events;
		int port;
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Events.class))) {
			events = app.context().getBean(Events.class);
			port = app.port();
			try (WsTestClient client = WsTestClient.connect(port, "/echo")) {
				assertThat(client.send("a").nextText()).isEqualTo("a");
				app.context().close();
				assertThat(client.closeStatus().code()).isEqualTo(1001);
			}
		}
		assertThat(events.seen).last().isInstanceOf(WsServerStoppedEvent.class);
		assertThat(events.states()).containsExactly("CORRECT", "ACCEPTING_TRAFFIC", "REFUSING_TRAFFIC");
		assertThat(output.getAll()).containsOnlyOnce("WebSocket server stopped on port " + port);
	}

	@Test
	void theLifecycleCanBeRestarted() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Events.class))) {
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				app.context().stop();
				assertThat(client.closeStatus().code()).isEqualTo(1001);
			}
			assertThat(app.lifecycle().isRunning()).isFalse();
			assertThat(app.lifecycle().server()).isNull();
			app.context().start();
			assertThat(app.lifecycle().isRunning()).isTrue();
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				assertThat(client.send("b").nextText()).isEqualTo("b");
			}
			assertThat(app.context().getBean(Events.class).states()).endsWith("ACCEPTING_TRAFFIC", "REFUSING_TRAFFIC",
					"ACCEPTING_TRAFFIC");
		}
	}

	@Test
	void stopsFirstAndStartsLast() {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Phases.class))) {
			List<String> seen = app.context().getBean(Phases.class).seen;
			assertThat(seen).containsExactly("http server started without us");
			app.context().close();
			assertThat(seen).endsWith("http server stopped without us");
		}
	}

	@Test
	void isNotPausedBetweenTests() {
		try (RunningApp app = RunningApp.start(List.of(Echo.class))) {
			assertThat(app.lifecycle().isPauseable()).isFalse();
		}
	}

	@Test
	void sessionsAndCountsAreEmptyBeforeTheServerRuns() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Early.class))) {
			Early early = app.context().getBean(Early.class);
			assertThat(early.countAtCreation).isZero();
			assertThat(early.reachedAtCreation).isZero();
			assertThat(early.endpointsAtCreation).isZero();
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				assertThat(client.send("a").nextText()).isEqualTo("a");
				assertThat(early.echoing.count()).isEqualTo(1);
				assertThat(early.echoing.broadcast("to all")).isEqualTo(1);
				assertThat(client.nextText()).isEqualTo("to all");
				String id = early.echoing.stream().findFirst().orElseThrow().id();
				assertThat(early.echoing.find(id)).isPresent();
				assertThat(early.echoing.where((session) -> false).find(id)).isEmpty();
				assertThat(app.context().getBean(WsServerStats.class).endpoints()).hasSize(1);
				client.close(CloseStatus.NORMAL);
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(early.echoing.count()).isZero());
			app.context().stop();
			assertThat(early.echoing.stream()).isEmpty();
			assertThat(early.echoing.convertAndBroadcast("nobody")).isZero();
		}
	}

	@Test
	void aTakenPortStopsTheStartWithItsNumber(CapturedOutput output) throws Exception {
		try (ServerSocket taken = new ServerSocket()) {
			taken.bind(new InetSocketAddress(0));
			int port = taken.getLocalPort();
			assertThatException()
				.isThrownBy(() -> RunningApp.start(List.of(Echo.class), "--ws.server.port=" + port).close())
				.withRootCauseInstanceOf(java.net.BindException.class)
				.satisfies((ex) -> assertThat(ex).hasStackTraceContaining(PortInUseException.class.getName()));
			assertThat(output.getAll()).contains("APPLICATION FAILED TO START",
					"The WebSocket server could not start because port " + port + " is already in use.",
					"set ws.server.port to another port (0 for a free one)");
		}
	}

	@Test
	void anInvalidEndpointStopsTheStartBeforeAnythingListens(CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningApp.start(List.of(Wrong.class)).close());
		assertThat(output.getAll())
			.contains("APPLICATION FAILED TO START",
					"Endpoint method " + Wrong.class.getName() + ".on() has no parameter for the message.",
					"Add one parameter for the payload")
			.doesNotContain("WebSocket server started");
	}

	@Test
	void aContextThatFailsAfterTheServerHasStartedStopsIt(CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningApp.start(List.of(Echo.class, FailsLate.class)).close())
			.withRootCauseInstanceOf(IllegalStateException.class)
			.withStackTraceContaining("late");
		assertThat(output.getAll()).contains("WebSocket server started on port")
			.contains("WebSocket server stopped on port");
	}

	@Test
	void lazyInitializationOfAllBeansDoesNotKeepTheServerFromStarting() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class), "--spring.main.lazy-initialization=true");
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			assertThat(client.send("a").nextText()).isEqualTo("a");
		}
	}

	@Test
	void localPortIsAsUnknownAsTheServerIsNotThere() {
		try (RunningApp app = RunningApp.start(List.of(Echo.class), "--ws.server.enabled=false")) {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(app::port)
				.withMessageContaining("local.ws.port");
		}
	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String on(String text) {
			return text;
		}

	}

	@WsEndpoint("/wrong")
	static class Wrong {

		@OnMessage
		void on() {
		}

	}

	static class Events {

		final List<ApplicationEvent> seen = new CopyOnWriteArrayList<>();

		@EventListener({ WsServerStartedEvent.class, WsServerStoppedEvent.class, AvailabilityChangeEvent.class })
		void on(ApplicationEvent event) {
			this.seen.add(event);
		}

		List<String> states() {
			return this.seen.stream()
				.filter(AvailabilityChangeEvent.class::isInstance)
				.map((event) -> String.valueOf(((AvailabilityChangeEvent<?>) event).getState()))
				.toList();
		}

	}

	static class Early {

		final WsSessions echoing;

		final long countAtCreation;

		final int reachedAtCreation;

		final int endpointsAtCreation;

		Early(WsSessions sessions, WsServerStats stats) {
			this.echoing = sessions.at("/echo");
			this.countAtCreation = this.echoing.count();
			this.reachedAtCreation = this.echoing.broadcast("nobody");
			this.endpointsAtCreation = stats.endpoints().size() + stats.loops() + (int) stats.queuedBytes();
		}

	}

	/** Stands in the phase of Spring Boot's HTTP server and looks at ours. */
	static class Phases implements SmartLifecycle {

		final List<String> seen = new ArrayList<>();

		private final BeanFactory beans;

		private boolean running;

		/** Not the server itself: what one depends on is started before one's phase. */
		Phases(BeanFactory beans) {
			this.beans = beans;
		}

		@Override
		public void start() {
			this.running = true;
			this.seen.add("http server started " + (ours() ? "with us" : "without us"));
		}

		@Override
		public void stop() {
			this.running = false;
			this.seen.add("http server stopped " + (ours() ? "with us" : "without us"));
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		private boolean ours() {
			return this.beans.getBean(WsServerLifecycle.class).isRunning();
		}

		@Override
		public int getPhase() {
			return Integer.MAX_VALUE - 1024;
		}

	}

	static class FailsLate {

		@EventListener
		void on(WsServerStartedEvent event) {
			throw new IllegalStateException("late");
		}

	}

}
