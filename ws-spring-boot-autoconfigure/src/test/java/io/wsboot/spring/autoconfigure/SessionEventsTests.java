package io.wsboot.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.server.spi.WsServerObserver.CloseInitiator;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.context.WsServerStoppedEvent;
import io.wsboot.spring.context.WsSessionClosedEvent;
import io.wsboot.spring.context.WsSessionOpenedEvent;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the rest of the application is told of sessions. */
@ExtendWith(OutputCaptureExtension.class)
class SessionEventsTests {

	@Test
	void tellOfEverySessionInOrder() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Listener.class))) {
			Listener listener = app.context().getBean(Listener.class);
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				WsSessionOpenedEvent opened = (WsSessionOpenedEvent) listener.next();
				assertThat(opened.session().endpoint()).isEqualTo("/echo");
				assertThat(opened.session().id()).isEqualTo(app.sessions().stream().findAny().orElseThrow().id());
				client.close(new CloseStatus(4000, ""));
				WsSessionClosedEvent closed = (WsSessionClosedEvent) listener.next();
				assertThat(closed.session()).isSameAs(opened.session());
				assertThat(closed.status().code()).isEqualTo(4000);
				assertThat(closed.initiator()).isEqualTo(CloseInitiator.CLIENT);
				assertThat(closed.duration()).isPositive();
			}
			assertThat(listener.threads).containsOnly("ws-session-events");
		}
	}

	@Test
	void areAllThereBeforeTheServerIsSaidToHaveStopped() throws Exception {
		Listener listener;
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Listener.class));
				WsTestClient one = WsTestClient.connect(app.port(), "/echo");
				WsTestClient two = WsTestClient.connect(app.port(), "/echo")) {
			listener = app.context().getBean(Listener.class);
			assertThat(List.of(listener.next(), listener.next())).hasOnlyElementsOfType(WsSessionOpenedEvent.class);
			app.context().close();
			assertThat(one.closeStatus().code()).isEqualTo(1001);
			assertThat(two.closeStatus().code()).isEqualTo(1001);
		}
		assertThat(List.of(listener.next(), listener.next())).hasOnlyElementsOfType(WsSessionClosedEvent.class);
		assertThat(listener.next()).isInstanceOf(WsServerStoppedEvent.class);
		expectNoThread();
	}

	@Test
	void maybeListenedToSlowlyWithoutHarmToTheLoop() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Slow.class), "--ws.server.event-loops=1")) {
			Slow slow = app.context().getBean(Slow.class);
			try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
				assertThat(slow.reached.await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(client.send("meanwhile").nextText()).isEqualTo("meanwhile");
			}
			finally {
				slow.go.countDown();
			}
		}
	}

	@Test
	void surviveAListenerThatThrows(CapturedOutput output) throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Failing.class))) {
			Failing failing = app.context().getBean(Failing.class);
			for (int i = 0; i < 2; i++) {
				try (WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
					assertThat(client.send("a").nextText()).isEqualTo("a");
				}
				assertThat(failing.seen.poll(10, TimeUnit.SECONDS)).isNotNull();
			}
		}
		assertThat(output.getAll()).contains("A listener of session events failed", "for the log");
	}

	@Test
	void reachABeanThatIsLazy() throws Exception {
		LazyOne.SEEN.clear();
		try (RunningApp app = RunningApp.start(List.of(Echo.class, LazyOne.class),
				"--spring.main.lazy-initialization=true");
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			assertThat(LazyOne.SEEN.poll(10, TimeUnit.SECONDS)).isNotNull();
			assertThat(client.send("a").nextText()).isEqualTo("a");
		}
	}

	@Test
	void takeNoThreadWhereNobodyListens() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class));
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			assertThat(client.send("a").nextText()).isEqualTo("a");
			client.close(CloseStatus.NORMAL);
			expectNoThread();
		}
	}

	/** Within less time than an idle one lives; one that ends takes a moment. */
	private static void expectNoThread() {
		await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(threads()).isEmpty());
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter("ws-session-events"::equals)
			.toList();
	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String on(String text) {
			return text;
		}

	}

	static class Listener {

		final BlockingQueue<ApplicationEvent> seen = new LinkedBlockingQueue<>();

		final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

		@EventListener({ WsSessionOpenedEvent.class, WsSessionClosedEvent.class })
		void on(ApplicationEvent event) {
			this.seen.add(event);
			this.threads.add(Thread.currentThread().getName());
		}

		@EventListener
		void on(WsServerStoppedEvent event) {
			this.seen.add(event);
		}

		ApplicationEvent next() throws InterruptedException {
			ApplicationEvent event = this.seen.poll(10, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
			return event;
		}

	}

	static class Slow {

		final CountDownLatch reached = new CountDownLatch(1);

		final CountDownLatch go = new CountDownLatch(1);

		@EventListener
		void on(WsSessionOpenedEvent event) throws InterruptedException {
			this.reached.countDown();
			this.go.await();
		}

	}

	static class Failing {

		final BlockingQueue<ApplicationEvent> seen = new LinkedBlockingQueue<>();

		@EventListener
		void on(WsSessionOpenedEvent event) {
			this.seen.add(event);
			throw new IllegalStateException("for the log");
		}

	}

	static class LazyOne implements ApplicationListener<WsSessionOpenedEvent> {

		static final BlockingQueue<ApplicationEvent> SEEN = new LinkedBlockingQueue<>();

		@Override
		public void onApplicationEvent(WsSessionOpenedEvent event) {
			SEEN.add(event);
		}

	}

}
