package io.wsboot.spring.jetty;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.server.RawClient;
import io.wsboot.server.WatchedServer.Holdings;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Jetty and the server stop, in either order. */
class StopTests {

	@ParameterizedTest
	@EnumSource
	void theServerFirst(Way way) throws Exception {
		try (JettyHost host = JettyHost.start(way); RawClient client = host.open("/echo")) {
			client.expectEcho("hello");
			CompletableFuture<Void> stopped = host.engine.stop().toCompletableFuture();
			client.expectClose(1001);
			client.sendClose(1001);
			client.expectEof();
			stopped.get(10, TimeUnit.SECONDS);
			host.expect(host.idle());
			try (RawClient late = host.client()) {
				late.send(RawClient.head("/ws/echo"));
				assertThat(late.readResponse().status()).isEqualTo(503);
			}
		}
	}

	/** What has been taken over is no longer Jetty's to close. */
	@ParameterizedTest
	@EnumSource(names = { "SOCKET", "TLS_SOCKET" })
	void jettyFirstWhichLeavesSessionsAlone(Way way) throws Exception {
		try (JettyHost host = JettyHost.start(way); RawClient client = host.open("/echo")) {
			client.expectEcho("hello");
			host.expect(host.idle());
			host.jetty.stop();
			client.expectEcho("hello again");
			CompletableFuture<Void> stopped = host.engine.stop().toCompletableFuture();
			client.expectClose(1001);
			client.sendClose(1001);
			client.expectEof();
			stopped.get(10, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "WIRE", "TLS_WIRE" })
	void jettyFirstWhichClosesWires(Way way) throws Exception {
		try (JettyHost host = JettyHost.start(way); RawClient client = host.open("/echo")) {
			client.expectEcho("hello");
			host.jetty.stop();
			client.expectEof();
			Awaitility.await().until(() -> host.holdings().equals(new Holdings(0, 0, 0, 0)));
		}
	}

	/** Jetty waits for its own connections only. */
	@ParameterizedTest
	@EnumSource
	void jettyGracefullyBesideSessions(Way way) throws Exception {
		try (JettyHost host = JettyHost.start(way); RawClient client = host.open("/echo")) {
			client.expectEcho("hello");
			CompletableFuture<Void> shutdown = host.connector.shutdown();
			if (way.takesOver()) {
				shutdown.get(10, TimeUnit.SECONDS);
				client.expectEcho("hello again");
				client.closeInOrder();
			}
			else {
				Awaitility.await() // Jetty's shutdown sets an idle timeout of 100 ms
					.during(Duration.ofMillis(300))
					.until(() -> host.engine.sessions().count() == 1 && !shutdown.isDone());
				client.expectEcho("hello again");
				client.closeInOrder();
				shutdown.get(10, TimeUnit.SECONDS);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void theServerInTheMiddleOfAHandshake(Way way) throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		try (JettyHost host = new JettyHost.Builder(way).handler(undecided(asked)).start();
				RawClient client = host.client()) {
			client.send(RawClient.head("/ws/"));
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> stopped = host.engine.stop().toCompletableFuture();
			assertThat(client.readResponse().status()).isEqualTo(503);
			stopped.get(10, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource
	void jettyInTheMiddleOfAHandshake(Way way) throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
		try (JettyHost host = new JettyHost.Builder(way).handler(deciding(asked, decision)).start();
				RawClient client = host.client()) {
			client.send(RawClient.head("/ws/"));
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(host::stopJetty);
			client.expectEnd();
			decision.complete(HandshakeDecision.accept());
			stopped.get(10, TimeUnit.SECONDS);
			Awaitility.await().until(() -> host.holdings().equals(new Holdings(0, 0, 0, 0)));
		}
	}

	/** Between the 101 and the moment when Jetty's selector lets go. */
	@ParameterizedTest
	@EnumSource
	void jettyInTheMiddleOfAHandOver(Way way) throws Exception {
		try (JettyHost host = JettyHost.start(way)) {
			CountDownLatch awake = host.sleepBehindHandOver();
			try (RawClient client = host.open("/echo")) {
				CompletableFuture<Void> stopped = CompletableFuture.runAsync(host::stopJetty);
				awake.countDown();
				stopped.get(20, TimeUnit.SECONDS);
				client.reset(); // the session may have been taken over before
			}
			Awaitility.await().until(() -> host.holdings().equals(new Holdings(0, 0, 0, 0)));
		}
	}

	private static WsHandler undecided(CountDownLatch asked) {
		return deciding(asked, new CompletableFuture<>());
	}

	private static WsHandler deciding(CountDownLatch asked, CompletableFuture<HandshakeDecision> decision) {
		return new WsHandler() {

			@Override
			public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
				asked.countDown();
				return decision;
			}

		};
	}

}
