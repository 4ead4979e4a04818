package io.wsboot.spring.jetty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.server.RawClient;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A client resets its connection in every moment of the hand-over. */
class ResetTests {

	@ParameterizedTest
	@EnumSource
	void withinTheRequest(Way way) {
		try (JettyHost host = JettyHost.start(way)) {
			String head = RawClient.head("/ws/echo");
			for (int sent = 0; sent < head.length(); sent += 20) {
				RawClient client = host.client();
				client.send(head.substring(0, sent));
				client.reset();
			}
			host.expectNothingBut(host.idle());
		}
	}

	@ParameterizedTest
	@EnumSource
	void behindTheRequest(Way way) {
		try (JettyHost host = JettyHost.start(way)) {
			for (int i = 0; i < 100; i++) {
				RawClient client = host.client();
				client.send(RawClient.head("/ws/echo"));
				client.reset();
			}
			host.expectNothingBut(host.idle());
		}
	}

	/** While the endpoint decides, so that the 101 meets a socket that is gone. */
	@ParameterizedTest
	@EnumSource
	void beforeTheAnswer(Way way) throws InterruptedException {
		Semaphore asked = new Semaphore(0);
		CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
		WsHandler handler = new WsHandler() {

			@Override
			public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
				asked.release();
				return decision;
			}

		};
		try (JettyHost host = new JettyHost.Builder(way).handler(handler).start()) {
			for (int i = 0; i < 20; i++) {
				RawClient client = host.client();
				client.send(RawClient.head("/ws/"));
				assertThat(asked.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
				client.reset();
			}
			decision.complete(HandshakeDecision.accept());
			host.expectNothingBut(host.idle());
		}
	}

	@ParameterizedTest
	@EnumSource
	void behindTheAnswer(Way way) {
		try (JettyHost host = JettyHost.start(way)) {
			for (int i = 0; i < 100; i++) {
				host.open("/echo").reset();
			}
			host.expectNothingBut(host.idle());
		}
	}

	/** While Jetty's selector is late with letting go. */
	@ParameterizedTest
	@EnumSource
	void whileJettysSelectorsSleep(Way way) {
		try (JettyHost host = JettyHost.start(way)) {
			for (int i = 0; i < 20; i++) {
				CountDownLatch awake = host.sleepBehindHandOver();
				RawClient client = host.open("/echo");
				client.sendText("hello");
				client.reset();
				awake.countDown();
			}
			host.expectNothingBut(host.idle());
		}
	}

}
