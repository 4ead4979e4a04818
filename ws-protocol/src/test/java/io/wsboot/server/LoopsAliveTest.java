package io.wsboot.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether event loops serve their connections, and what has been refused. */
class LoopsAliveTest {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void aLoopThatSleepsIsAlive() {
		try (RunningServer server = new RunningServer(new RecordingHandler())) {
			server.settle();
			server.clock.advance(SECOND.multipliedBy(3600));
			assertAlive(server, 1);
		}
	}

	@Test
	void aLoopThatIsStuckInAHandlerIsNot() throws Exception {
		CountDownLatch stuck = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		WsHandler blocking = new WsHandler() {

			@Override
			public void onText(WsSession session, String text) throws Exception {
				stuck.countDown();
				go.await();
				session.send(text);
			}

		};
		try (RunningServer server = new RunningServer(blocking)) {
			RawClient client = server.open("/loop");
			client.sendText("now");
			stuck.await();
			server.clock.advance(SECOND.multipliedBy(9));
			assertThat(server.server.stats().loopsAlive()).isEqualTo(1);
			server.clock.advance(SECOND.multipliedBy(2));
			assertThat(server.server.stats().isLoopAlive(0)).isFalse();
			assertThat(server.server.stats().loopsAlive()).isZero();
			go.countDown();
			assertThat(client.readText()).isEqualTo("now");
			assertAlive(server, 1);
		}
	}

	@Test
	void aLoopWhoseThreadHasEndedIsNot() {
		try (RunningServer server = new RunningServer(new RecordingHandler(), (options) -> options.eventLoops(2))) {
			assertAlive(server, 2);
			server.server.loops().get(1).stop();
			assertAlive(server, 1);
			assertThat(server.server.stats().isLoopAlive(0)).isTrue();
			assertThat(server.server.stats().isLoopAlive(1)).isFalse();
		}
	}

	private static void assertAlive(RunningServer server, int loops) {
		Awaitility.await().untilAsserted(() -> assertThat(server.server.stats().loopsAlive()).isEqualTo(loops));
	}

	@Test
	void refusalsAreCounted() {
		try (RunningServer server = new RunningServer(new RecordingHandler(), (options) -> options.maxConnections(2))) {
			server.open("/");
			assertThat(server.server.stats().refused()).isZero();
			expectStatus(server, RawClient.head("/nowhere"), 404);
			expectStatus(server, "nonsense\r\n\r\n", 400);
			assertThat(server.server.stats().refused()).isEqualTo(2);
			server.open("/");
			expectStatus(server, RawClient.head("/"), 503);
			assertThat(server.server.stats().refused()).isEqualTo(3);
		}
	}

	private static void expectStatus(RunningServer server, String request, int status) {
		RawClient client = server.connect();
		client.send(request);
		assertThat(client.readResponse().status()).isEqualTo(status);
		client.expectEof();
	}

}
