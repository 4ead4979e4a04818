package io.wsboot.server;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.PortInUseException;
import io.wsboot.server.config.ShutdownOptions;
import io.wsboot.server.loop.EventLoop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StopTest {

	private static WsServer start(WsHandler handler, ShutdownOptions shutdown) {
		return WsServer.builder()
			.port(0)
			.options((options) -> options.address(InetAddress.getLoopbackAddress()).shutdown(shutdown))
			.handler("/", handler)
			.handler("/loop", handler, RunningServer.ON_LOOP)
			.start();
	}

	private static void await(WsServer server) throws Exception {
		server.stop().toCompletableFuture().get(30, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void everySessionIsToldAndNothingIsLeft(String path) throws Exception {
		int sessions = 1000;
		AtomicInteger closed = new AtomicInteger();
		AtomicInteger others = new AtomicInteger();
		WsServer server = start(new WsHandler() {

			@Override
			public void onClose(WsSession session, CloseStatus status) {
				(status.code() == 1001 ? closed : others).incrementAndGet();
			}

		}, new ShutdownOptions(100, Duration.ofMillis(1), Duration.ofSeconds(20)));
		int port = server.port();
		List<RawClient> clients = new ArrayList<>();
		for (int i = 0; i < sessions; i++) {
			clients.add(RawClient.open(port, path));
		}
		assertThat(server.sessions().count()).isEqualTo(sessions);
		var stopped = server.stop();
		assertThat(server.stop().toCompletableFuture()).isNotNull();
		for (RawClient client : clients) {
			client.expectClose(1001);
			client.sendClose(1001);
		}
		for (RawClient client : clients) {
			client.expectEof();
			client.close();
		}
		stopped.toCompletableFuture().get(30, TimeUnit.SECONDS);
		assertThat(closed.get()).isEqualTo(sessions);
		assertThat(others.get()).isZero();
		assertThat(server.sockets()).isZero();
		await(server);
		try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThat(again.getLocalPort()).isEqualTo(port);
		}
		assertThat(server.loops()).allMatch((loop) -> !loop.isAlive());
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.filteredOn((name) -> name.startsWith("ws-acceptor"))
				.isEmpty());
	}

	@Test
	void peersThatDoNotAnswerAreDroppedAtTheTimeout() throws Exception {
		RecordingHandler handler = new RecordingHandler();
		WsServer server = start(handler, new ShutdownOptions(10, Duration.ZERO, Duration.ofMillis(300)));
		RawClient mute = RawClient.open(server.port(), "/");
		RawClient shaking = RawClient.connect(server.port());
		shaking.send("GET /");
		handler.expect("open");
		long start = System.nanoTime();
		await(server);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(260),
				Duration.ofSeconds(5));
		mute.expectClose(1001);
		mute.expectEnd();
		shaking.expectEnd();
		handler.expect("close 1001");
		handler.expectNothing();
		mute.close();
		shaking.close();
	}

	@Test
	void newHandshakesAreRefusedUntilTheLastSessionIsClosed() throws Exception {
		RecordingHandler handler = new RecordingHandler();
		WsServer server = start(handler, new ShutdownOptions(10, Duration.ZERO, Duration.ofSeconds(20)));
		try (RawClient client = RawClient.open(server.port(), "/"); RawClient late = RawClient.connect(server.port())) {
			handler.expectOpen();
			var stopped = server.stop().toCompletableFuture();
			client.expectClose(1001);
			for (RawClient refused : List.of(late, RawClient.connect(server.port()))) {
				refused.send(RawClient.head("/"));
				RawClient.Response response = refused.readResponse();
				assertThat(response.status()).isEqualTo(503);
				assertThat(response.headers()).containsKey("retry-after");
				refused.close();
			}
			client.sendClose(1001);
			stopped.get(20, TimeUnit.SECONDS);
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> RawClient.connect(server.port()))
				.withCauseInstanceOf(ConnectException.class);
		}
	}

	@Test
	void whatIsQueuedIsSentBeforeTheClose() throws Exception {
		RecordingHandler handler = new RecordingHandler();
		WsServer server = start(handler, new ShutdownOptions(10, Duration.ZERO, Duration.ofSeconds(20)));
		try (RawClient client = RawClient.connect(server.port(), 4096).handshake("/")) {
			WsSession session = handler.expectOpen();
			int sent = 0;
			while (session.queuedBytes() < 500_000) {
				session.send(ByteBuffer.allocate(10_000));
				sent++;
			}
			var stopped = server.stop().toCompletableFuture();
			for (int i = 0; i < sent; i++) {
				assertThat(client.readFrame().payload()).hasSize(10_000);
			}
			client.expectClose(1001);
			client.sendClose(1001);
			stopped.get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void closesAreSpread() throws Exception {
		Duration interval = Duration.ofMillis(150);
		WsServer server = start(new RecordingHandler(), new ShutdownOptions(2, interval, Duration.ofSeconds(20)));
		List<RawClient> clients = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			clients.add(RawClient.open(server.port(), "/loop"));
		}
		long start = System.nanoTime();
		var stopped = server.stop().toCompletableFuture();
		for (RawClient client : clients) {
			client.expectClose(1001);
			client.sendClose(1001);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).as("three batches")
			.isGreaterThanOrEqualTo(interval.multipliedBy(2));
		stopped.get(20, TimeUnit.SECONDS);
		clients.forEach(RawClient::close);
	}

	/** A loop and a worker that do not come back. */
	@Test
	void takesNoLongerThanItMayThoughHandlersAreStuck() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch stuck = new CountDownLatch(2);
		WsServer server = start(new WsHandler() {

			@Override
			public void onText(WsSession session, String text) throws Exception {
				stuck.countDown();
				release.await();
			}

		}, new ShutdownOptions(10, Duration.ZERO, Duration.ofSeconds(2)));
		try (RawClient worker = RawClient.open(server.port(), "/");
				RawClient loop = RawClient.open(server.port(), "/loop")) {
			worker.sendText("a");
			loop.sendText("b");
			assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();
			long start = System.nanoTime();
			await(server);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(1500),
					Duration.ofMillis(2500));
		}
		finally {
			release.countDown();
		}
	}

	/** Though no thread may be started for the end any more. */
	@Test
	void whatRunsIsWaitedForAndWhatWaitsIsNotHandedOver() throws Exception {
		int messages = 200;
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch begun = new CountDownLatch(1);
		AtomicInteger received = new AtomicInteger();
		AtomicInteger closed = new AtomicInteger();
		WsServer server = start(new WsHandler() {

			@Override
			public void onText(WsSession session, String text) throws Exception {
				begun.countDown();
				release.await();
				received.incrementAndGet();
			}

			@Override
			public void onClose(WsSession session, CloseStatus status) {
				closed.set(received.get());
			}

		}, new ShutdownOptions(10, Duration.ZERO, Duration.ofSeconds(10)));
		RawClient client = RawClient.open(server.port(), "/");
		for (int i = 0; i < messages; i++) {
			client.sendText("x");
		}
		assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
		client.sendPing("all before has arrived");
		assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
		var stopped = server.stop().toCompletableFuture();
		client.expectClose(1001);
		client.sendClose(1001);
		client.expectEof();
		client.close();
		Awaitility.await().until(() -> server.loops().stream().noneMatch(EventLoop::isAlive));
		assertThat(stopped).isNotDone();
		release.countDown();
		stopped.get(20, TimeUnit.SECONDS);
		assertThat(closed).hasValue(1);
		assertThat(received).hasValue(1);
	}

	/**
	 * An executor of the application's is not the server's to shut down, but its handlers
	 * are the server's.
	 */
	@Test
	void handlersOnAnExecutorOfTheApplicationAreWaitedFor() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		CountDownLatch release = new CountDownLatch(1);
		AtomicBoolean closed = new AtomicBoolean();
		WsServer server = WsServer.builder().port(0).executor(executor).handler("/", new WsHandler() {

			@Override
			public void onClose(WsSession session, CloseStatus status) throws Exception {
				release.await();
				closed.set(true);
			}

		}).start();
		try (RawClient client = RawClient.open(server.port(), "/")) {
			var stopped = server.stop().toCompletableFuture();
			client.expectClose(1001);
			client.sendClose(1001);
			client.expectEof();
			Awaitility.await().until(() -> server.loops().stream().noneMatch(EventLoop::isAlive));
			assertThat(stopped).isNotDone();
			release.countDown();
			stopped.get(20, TimeUnit.SECONDS);
			assertThat(closed).isTrue();
			assertThat(executor.isShutdown()).isFalse();
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void closeWaits() {
		RecordingHandler handler = new RecordingHandler();
		WsServer server = start(handler, ShutdownOptions.DEFAULTS);
		server.close();
		assertThat(server.stop().toCompletableFuture()).isCompleted();
		server.close();
	}

	@Test
	void aTakenPortIsNamed() {
		try (WsServer server = start(new RecordingHandler(), ShutdownOptions.DEFAULTS)) {
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(() -> WsServer.builder()
					.options((options) -> options.address(InetAddress.getLoopbackAddress()).port(server.port()))
					.start())
				.withMessage("port " + server.port() + " is already in use")
				.satisfies((ex) -> assertThat(ex.port()).isEqualTo(server.port()));
		}
	}

}
