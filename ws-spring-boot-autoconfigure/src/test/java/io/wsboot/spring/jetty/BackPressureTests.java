package io.wsboot.spring.jetty;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that does not read is told to nobody but the session. */
class BackPressureTests {

	private static final int MESSAGES = 2000;

	private static final int HIGH_WATER_MARK = OutboundOptions.DEFAULTS.highWaterMark();

	/** Sends until the session is congested, and goes on when it is drained. */
	private static final class Sender implements WsHandler {

		private final AtomicInteger sent = new AtomicInteger();

		private final String text = "x".repeat(10_000);

		@Override
		public void onOpen(WsSession session) {
			send(session);
		}

		@Override
		public void onDrained(WsSession session) {
			send(session);
		}

		private void send(WsSession session) {
			while (this.sent.get() < MESSAGES && session.queuedBytes() <= HIGH_WATER_MARK) {
				session.send(this.sent.getAndIncrement() + this.text);
			}
		}

	}

	@ParameterizedTest
	@EnumSource
	void aSlowReaderSlowsTheSenderDown(Way way) {
		Sender sender = new Sender();
		try (JettyHost host = new JettyHost.Builder(way).handler(sender).start(); RawClient client = host.open("/")) {
			Awaitility.await()
				.during(Duration.ofMillis(200))
				.until(sender.sent::get, (sent) -> sent > 0 && sent < MESSAGES);
			for (int i = 0; i < MESSAGES; i++) {
				assertThat(client.readText()).isEqualTo(i + sender.text);
			}
			client.closeInOrder();
			host.expectNothingBut(host.idle());
		}
	}

	/** The end of a session does not wait for a client that does not read. */
	@ParameterizedTest
	@EnumSource
	void aSessionWhoseClientReadsNothingIsDropped(Way way) {
		Sender sender = new Sender();
		try (JettyHost host = new JettyHost.Builder(way).handler(sender).grace(Duration.ofMillis(500)).start();
				RawClient client = host.open("/")) {
			Awaitility.await().until(sender.sent::get, (sent) -> sent > 0);
			CompletableFuture<Void> stopped = host.engine.stop().toCompletableFuture();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(stopped::isDone);
			host.expect(host.idle());
			client.expectEndOfWhatever();
		}
	}

}
