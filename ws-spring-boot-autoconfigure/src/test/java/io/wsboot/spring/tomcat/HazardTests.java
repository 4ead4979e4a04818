package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.wsboot.ClientBytes;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What can go wrong in each moment of a hand-over leaves nothing behind. */
class HazardTests {

	/** Fewer sessions than a test spoils, so that room which is lost is missed. */
	private static final int ROOM = 5;

	private static final int ATTEMPTS = 20;

	private static SharedTomcat.Setup small() {
		return new SharedTomcat.Setup().options((options) -> options.maxConnections(ROOM));
	}

	/** Waits until there is room for all sessions at once, as before. */
	private static void expectRoom(SharedTomcat server, List<Long> before) {
		SharedTomcat.eventually().ignoreExceptions().untilAsserted(() -> fill(server));
		server.expectSessions(0);
		server.expectKept(before);
	}

	private static void fill(SharedTomcat server) throws IOException {
		Deque<Client> clients = new ArrayDeque<>();
		try {
			while (clients.size() < ROOM) {
				clients.push(Client.open(server));
				clients.element().expectEcho("room");
			}
		}
		finally {
			for (Client client : clients) {
				client.close();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aResetBeforeTheRequestIsComplete(Way way) throws Exception {
		try (SharedTomcat server = small().start(way)) {
			List<Long> before = server.kept();
			for (int i = 0; i < ATTEMPTS; i++) {
				Client client = Client.connect(server);
				client.send(new ClientBytes().ascii("GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: webs"));
				client.reset();
			}
			expectRoom(server, before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aResetBehindTheRequest(Way way) throws Exception {
		try (SharedTomcat server = small().start(way)) {
			List<Long> before = server.kept();
			for (int i = 0; i < ATTEMPTS; i++) {
				Client client = Client.connect(server);
				client.send(new ClientBytes().handshake().text("hello"));
				client.reset();
			}
			expectRoom(server, before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aResetBetweenTheJudgementAndTheAnswer(Way way) throws Exception {
		try (SharedTomcat server = small().start(way)) {
			List<Long> before = server.kept();
			CyclicBarrier barrier = new CyclicBarrier(2);
			server.judged = (request) -> meet(barrier, 2);
			for (int i = 0; i < ATTEMPTS; i++) {
				Client client = Client.connect(server);
				client.send(new ClientBytes().handshake());
				meet(barrier, 1);
				client.reset();
				meet(barrier, 1);
				server.expectSessions(0);
			}
			server.judged = (request) -> {
			};
			expectRoom(server, before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aResetBetweenTheAnswerAndTheHandOver(Way way) throws Exception {
		try (SharedTomcat server = small().start(way)) {
			List<Long> before = server.kept();
			CyclicBarrier barrier = new CyclicBarrier(2);
			server.logged = (response) -> meet(barrier, 1);
			for (int i = 0; i < ATTEMPTS; i++) {
				Client client = Client.connect(server);
				client.send(new ClientBytes().handshake());
				client.expectSwitch();
				client.reset();
				meet(barrier, 1);
				server.expectSessions(0);
			}
			server.logged = (response) -> {
			};
			expectRoom(server, before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aResetJustBehindTheHandOver(Way way) throws Exception {
		try (SharedTomcat server = small().start(way)) {
			List<Long> before = server.kept();
			for (int i = 0; i < ATTEMPTS; i++) {
				Client.open(server).reset();
				server.expectSessions(0);
			}
			expectRoom(server, before);
		}
	}

	/** Tomcat calls {@code destroy()} alone. */
	@ParameterizedTest
	@EnumSource
	void aConnectorThatIsPausedDuringTheHandshake(Way way) throws Exception {
		try (SharedTomcat server = small().start(way)) {
			server.connector.pause();
			server.connector.resume();
			// Tomcat counts anew, or until 11.0.24 no more
			SharedTomcat.eventually().until(() -> server.endpoint().getConnectionCount() != 0);
			List<Long> before = server.kept();
			for (int i = 0; i < ROOM + 1; i++) {
				server.judged = (request) -> server.connector.pause();
				try (Client client = Client.connect(server)) {
					client.send(new ClientBytes().handshake());
					client.expectSwitch();
					client.expectEnd();
				}
				server.judged = (request) -> {
				};
				server.connector.resume();
			}
			expectRoom(server, before);
		}
	}

	/** Tomcat calls {@code destroy()} alone. */
	@ParameterizedTest
	@EnumSource
	void aFilterThatFailsBehindTheUpgrade(Way way) throws Exception {
		try (SharedTomcat server = small().context(FailingFilter::addTo).start(way)) {
			List<Long> before = server.kept();
			for (int i = 0; i < ROOM + 1; i++) {
				try (Client client = Client.connect(server)) {
					client.send(Client.handshake("/echo?fail"));
					client.expectSwitch();
					client.expectCut();
				}
			}
			assertThat(server.seen).isEmpty();
			expectRoom(server, before);
		}
	}

	/** The answer has been sent already. */
	@ParameterizedTest
	@EnumSource
	void aFilterThatChangesTheStatusBehindTheUpgrade(Way way) throws Exception {
		try (SharedTomcat server = small().context(FailingFilter::addTo).start(way);
				Client client = Client.open(server, "/echo?status")) {
			client.expectEcho("hello");
		}
	}

	/**
	 * The poller waits while a thread serves the event, takes the socket over and cancels
	 * the key; then the poller looks at the key.
	 */
	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "TLS_SOCKET", "WIRE", "TLS_WIRE" })
	void aPollerThatComesLate(Way way) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		SharedTomcat.Setup setup = small()
			.connector((connector) -> ((AbstractProtocol<?>) connector.getProtocolHandler()).setExecutor((task) -> {
				Future<?> served = threads.submit(task);
				try {
					served.get(10, TimeUnit.SECONDS);
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}));
		try (SharedTomcat server = setup.start(way)) {
			List<Long> before = server.kept();
			for (int i = 0; i < ATTEMPTS; i++) {
				try (Client client = Client.open(server)) {
					client.expectEcho("hello");
					client.closeInOrder();
				}
			}
			expectRoom(server, before);
		}
		finally {
			threads.shutdown();
		}
	}

	/** What a connection taken over costs Tomcat is nothing. */
	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "TLS_SOCKET" })
	void moreConnectionsThanTomcatMayHave(Way way) throws Exception {
		try (SharedTomcat server = new SharedTomcat.Setup().property("maxConnections", "2").start(way)) {
			List<Client> clients = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				clients.add(Client.open(server));
			}
			try (Client client = Client.connect(server)) {
				client.expectHello("/");
			}
			for (Client client : clients) {
				client.expectEcho("hello");
				client.closeInOrder();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void theEngineStopsFirst(Way way) throws Exception {
		try (SharedTomcat server = small().start(way)) {
			List<Long> before = server.kept();
			try (Client client = Client.open(server)) {
				client.expectEcho("hello");
				server.engine.stop();
				client.expectClose(1001);
				client.send(new ClientBytes().close(1001, ""));
				client.expectEnd();
			}
			try (Client client = Client.connect(server)) {
				client.send(new ClientBytes().handshake());
				assertThat(client.readHead()).startsWith("HTTP/1.1 503 ");
			}
			try (Client client = Client.connect(server)) {
				client.expectHello("/");
			}
			server.expectKept(before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void theEngineStopsDuringTheHandshake(Way way) throws Exception {
		try (SharedTomcat server = small().start(way)) {
			List<Long> before = server.kept();
			server.logged = (response) -> server.engine.close();
			try (Client client = Client.connect(server)) {
				client.send(new ClientBytes().handshake());
				client.expectSwitch();
				client.expectCut();
			}
			server.expectKept(before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void tomcatStopsDuringTheHandshake(Way way) throws Exception {
		try (SharedTomcat server = small().start(way)) {
			AtomicReference<Thread> stopping = new AtomicReference<>();
			CountDownLatch paused = new CountDownLatch(1);
			server.judged = (request) -> {
				stopping.set(SharedTomcat.stop(server.tomcat.getServer()));
				await().until(() -> server.endpoint().isPaused());
				paused.countDown();
			};
			try (Client client = Client.connect(server)) {
				client.send(new ClientBytes().handshake());
				assertThat(paused.await(10, TimeUnit.SECONDS)).isTrue();
				client.expectCutBehindHead();
			}
			stopping.get().join();
			server.expectSessions(0);
			assertThat(server.endpoint().getConnections()).isEmpty();
		}
	}

	/** Which connections end and which stay is not foreseen; what is kept is. */
	@ParameterizedTest
	@EnumSource
	void tomcatStopsAmongMany(Way way) throws Exception {
		// with the port closed, no client waits for Tomcat
		try (SharedTomcat server = new SharedTomcat.Setup().property("bindOnInit", "false").start(way)) {
			CountDownLatch some = new CountDownLatch(50);
			server.judged = (request) -> some.countDown();
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				Thread thread = new Thread(() -> openUntilRefused(server));
				threads.add(thread);
				thread.start();
			}
			assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
			server.tomcat.stop();
			for (Thread thread : threads) {
				thread.join();
			}
			server.expectSessions(0);
			assertThat(server.endpoint().getConnections()).isEmpty();
		}
	}

	private static void openUntilRefused(SharedTomcat server) {
		while (true) {
			try (Client client = Client.open(server)) {
				client.expectEcho("hello");
			}
			catch (IOException | AssertionError ex) {
				return;
			}
		}
	}

	private static void meet(CyclicBarrier barrier, int times) {
		try {
			for (int i = 0; i < times; i++) {
				barrier.await(10, TimeUnit.SECONDS);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
