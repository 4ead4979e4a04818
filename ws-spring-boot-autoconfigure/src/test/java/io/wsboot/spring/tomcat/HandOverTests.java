package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.wsboot.ClientBytes;
import io.wsboot.Message;
import io.wsboot.WsSession;
import io.wsboot.server.spi.SessionStats;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** What holds for every connector of Tomcat, whoever keeps the socket. */
class HandOverTests {

	@ParameterizedTest
	@EnumSource
	void messagesGoBothWays(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way)) {
			List<Long> before = server.kept();
			try (Client client = Client.open(server)) {
				client.send(new ClientBytes().text("carrier"));
				client.expectText(way.carrier.toString());
				client.expectEcho("hello");
				client.expectEcho("x".repeat(100_000));
				client.closeInOrder();
			}
			server.expectSeen("close 1000");
			server.expectSessions(0);
			server.expectKept(before);
			assertThat(server.failures).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void framesInTheSamePacketAsTheRequestAreReceived(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way); Client client = Client.connect(server)) {
			client.send(new ClientBytes().handshake().text("one").text("two").text("x".repeat(5000)));
			client.expectSwitch();
			client.expectText("one");
			client.expectText("two");
			client.expectText("x".repeat(5000));
			client.expectEcho("three");
			client.closeInOrder();
		}
	}

	/** Inside TLS: in records that Tomcat has read and not opened. */
	@ParameterizedTest
	@EnumSource
	void moreThanTomcatsBuffersBehindTheRequestIsReceived(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way); Client client = Client.connect(server)) {
			CountDownLatch sent = new CountDownLatch(1);
			server.judged = (request) -> awaitQuietly(sent);
			ClientBytes bytes = new ClientBytes().handshake();
			for (int i = 0; i < 20; i++) {
				bytes.text(i + "x".repeat(5000));
			}
			client.send(bytes);
			sent.countDown();
			client.expectSwitch();
			for (int i = 0; i < 20; i++) {
				client.expectText(i + "x".repeat(5000));
			}
			client.closeInOrder();
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSlowReaderGetsEverything(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way); Client client = Client.open(server)) {
			String text = "0123456789".repeat(20_000);
			Thread sender = new Thread(() -> {
				try {
					for (int i = 0; i < 50; i++) {
						client.send(new ClientBytes().text(i + text));
					}
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			sender.start();
			WsSession session = server.session();
			await().atMost(Duration.ofSeconds(20)).until(() -> SessionStats.of(session).congested());
			for (int i = 0; i < 50; i++) {
				client.expectText(i + text);
			}
			sender.join();
			client.closeInOrder();
		}
	}

	/** Messages both ways at the same time, from threads that are not the loop. */
	@ParameterizedTest
	@EnumSource
	void sendersAreManyThreads(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way); Client client = Client.open(server)) {
			WsSession session = server.session();
			List<Thread> senders = IntStream.range(0, 4).mapToObj((i) -> new Thread(() -> {
				for (int n = 0; n < 250; n++) {
					session.sendAsync(Message.text("x".repeat(4000))).toCompletableFuture().join();
				}
			})).toList();
			senders.forEach(Thread::start);
			for (int n = 0; n < 100; n++) {
				client.send(new ClientBytes().text("x".repeat(4000)));
			}
			for (int n = 0; n < 1100; n++) {
				client.expectText("x".repeat(4000));
			}
			for (Thread sender : senders) {
				sender.join();
			}
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource
	void anUpgradeFollowsOtherRequestsOnTheSameConnection(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way); Client client = Client.connect(server)) {
			client.expectHello("/one");
			client.expectHello("/two");
			client.send(new ClientBytes().handshake().text("eager"));
			client.expectSwitch();
			client.expectText("eager");
			client.closeInOrder();
		}
	}

	/** Tomcat tells, in the same answer, that it would close the connection. */
	@ParameterizedTest
	@EnumSource
	void theLastRequestOfAConnectionMayBeAnUpgrade(Way way) throws Exception {
		SharedTomcat.Setup setup = new SharedTomcat.Setup().property("maxKeepAliveRequests", "2");
		try (SharedTomcat server = setup.start(way); Client client = Client.connect(server)) {
			client.expectHello("/one");
			client.send(new ClientBytes().handshake());
			client.expectSwitch();
			client.expectEcho("hello");
			client.closeInOrder();
		}
	}

	/** Connections outlive the timeouts by which Tomcat closes idle ones. */
	@ParameterizedTest
	@EnumSource
	void idleConnectionsStay(Way way) throws Exception {
		SharedTomcat.Setup setup = new SharedTomcat.Setup().property("connectionTimeout", "200")
			.property("keepAliveTimeout", "200");
		try (SharedTomcat server = setup.start(way); Client client = Client.open(server)) {
			for (int i = 0; i < 2; i++) {
				try (Client idle = Client.connect(server)) {
					idle.expectHello("/");
					idle.expectEnd(); // Tomcat has found that the time is over
				}
			}
			client.expectEcho("still here");
		}
	}

	@ParameterizedTest
	@EnumSource
	void theAccessLogHasOneLine(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way)) {
			List<Integer> lines = new CopyOnWriteArrayList<>();
			server.logged = (response) -> lines.add(response.getStatus());
			try (Client client = Client.open(server)) {
				client.expectEcho("hello");
				client.closeInOrder();
			}
			server.expectSessions(0);
			try (Client client = Client.connect(server)) {
				client.expectHello("/");
			}
			await().untilAsserted(() -> assertThat(lines).containsExactly(101, 200));
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestsMayBeWrappedAndBelowAContextPath(Way way) throws Exception {
		SharedTomcat.Setup setup = new SharedTomcat.Setup().contextPath("/app")
			.context((context) -> FailingFilter.add(context,
					(request, response, chain) -> chain.doFilter(
							new HttpServletRequestWrapper(new ServletAgain((HttpServletRequest) request)),
							new HttpServletResponseWrapper((HttpServletResponse) response))));
		try (SharedTomcat server = setup.start(way); Client client = Client.open(server, "/app/echo")) {
			client.expectEcho("hello");
			client.closeInOrder();
		}
	}

	/** Another thread than that of the request answers. */
	@ParameterizedTest
	@EnumSource
	void asyncServletsMayHandOver(Way way) throws Exception {
		try (SharedTomcat server = SharedTomcat.start(way)) {
			List<Long> before = server.kept();
			try (Client client = Client.open(server, "/async")) {
				client.expectEcho("hello");
				client.closeInOrder();
			}
			server.expectSessions(0);
			server.expectKept(before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void virtualThreadsMayServeRequests(Way way) throws Exception {
		assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
		SharedTomcat.Setup setup = new SharedTomcat.Setup().property("useVirtualThreads", "true");
		try (SharedTomcat server = setup.start(way)) {
			List<Long> before = server.kept();
			try (Client client = Client.open(server)) {
				client.expectEcho("hello");
				client.expectEcho("x".repeat(100_000));
				client.closeInOrder();
			}
			server.expectSessions(0);
			server.expectKept(before);
		}
	}

	/** A request that hides what the container offers. */
	private static final class ServletAgain extends HttpServletRequestWrapper {

		private ServletAgain(HttpServletRequest request) {
			super(request);
		}

		@Override
		public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) {
			throw new UnsupportedOperationException("no upgrade here");
		}

	}

}
