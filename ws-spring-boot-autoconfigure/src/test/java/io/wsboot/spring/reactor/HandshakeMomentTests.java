package io.wsboot.spring.reactor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.reactor.HandOverTests.Echo;
import io.wsboot.spring.reactor.NettyApp.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.wsboot.spring.reactor.FrameClient.request;
import static io.wsboot.spring.reactor.FrameClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens while a handshake is being judged or answered. */
class HandshakeMomentTests {

	private final Deciding deciding = new Deciding();

	private NettyApp start(Transport transport) {
		return NettyApp.start(transport,
				(server) -> server.options((options) -> options.maxConnections(1))
					.handler("/deciding", this.deciding)
					.handler("/echo", new Echo()));
	}

	@ParameterizedTest
	@EnumSource
	void theRoomOfAClientThatIsGoneIsGivenBack(Transport transport) throws Exception {
		try (NettyApp app = start(transport)) {
			FrameClient gone = app.client().send(request("/deciding"));
			CompletableFuture<HandshakeDecision> decision = this.deciding.next();
			gone.reset();
			await().atMost(Duration.ofSeconds(20)).until(() -> app.connections() == 0);
			decision.complete(HandshakeDecision.accept());
			await().atMost(Duration.ofSeconds(8)).untilAsserted(() -> { // below the
																		// handshake
																		// timeout
				try (FrameClient client = app.client()) {
					assertThat(client.send(request("/echo")).head()).startsWith("HTTP/1.1 101 ");
				}
			});
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void framesThatComeDuringTheJudgementWait(Transport transport) throws Exception {
		try (NettyApp app = start(transport); FrameClient client = app.client()) {
			client.send(request("/deciding"));
			CompletableFuture<HandshakeDecision> decision = this.deciding.next();
			client.send(text("one"));
			client.send(text("two"));
			decision.complete(HandshakeDecision.accept());
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			assertThat(client.readText()).isEqualTo("one");
			assertThat(client.readText()).isEqualTo("two");
			client.closeInOrder();
			app.expectNothingLeft();
		}
	}

	/** More than the connection may hold: the socket is not read meanwhile. */
	@ParameterizedTest
	@EnumSource
	void aFloodDuringTheJudgementIsBounded(Transport transport) throws Exception {
		try (NettyApp app = start(transport); FrameClient client = app.client()) {
			client.send(request("/deciding"));
			CompletableFuture<HandshakeDecision> decision = this.deciding.next();
			byte[] message = FrameClient.frame(0x82, new byte[40_000]);
			int messages = 600; // 24 MB, more than the buffers of the sockets
			AtomicInteger sent = new AtomicInteger();
			Thread sender = new Thread(() -> {
				try {
					for (int i = 0; i < messages; i++) {
						client.send(message);
						sent.incrementAndGet();
					}
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			sender.start();
			await().atMost(Duration.ofSeconds(20)).until(sent::get, (count) -> count > 0);
			await().atMost(Duration.ofSeconds(20)).during(Duration.ofMillis(300)).until(() -> sent.get() < messages);
			decision.complete(HandshakeDecision.accept());
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			for (int i = 0; i < messages; i++) {
				assertThat(client.read(0x82)).hasSize(40_000);
			}
			sender.join();
			client.closeInOrder();
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void theServerEndsDuringTheJudgement(Transport transport) throws Exception {
		try (NettyApp app = start(transport); FrameClient client = app.client()) {
			client.send(request("/deciding"));
			this.deciding.next();
			app.engine().close();
			assertThat(client.head()).startsWith("HTTP/1.1 503 ");
			client.socket.close();
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_NIO_SOCKET", "TLS_NIO_WIRE", "TLS_EPOLL" })
	void aRecordInTwoPiecesIsWhole(Transport transport) throws Exception {
		try (NettyApp app = start(transport)) {
			HeldBackSocket socket = new HeldBackSocket(app.http().port());
			try (FrameClient client = FrameClient.tls(socket)) {
				socket.hold();
				client.send(request("/echo"), text("one"));
				client.send(text("two"));
				socket.release(5);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				assertThat(client.readText()).isEqualTo("one");
				socket.release(0);
				assertThat(client.readText()).isEqualTo("two");
				client.send(text("three"));
				socket.release(0);
				assertThat(client.readText()).isEqualTo("three");
			}
			app.expectNothingLeft();
		}
	}

	/** Decides when the test does. */
	private static final class Deciding implements WsHandler {

		private final BlockingQueue<CompletableFuture<HandshakeDecision>> asked = new LinkedBlockingQueue<>();

		@Override
		public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
			CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
			this.asked.add(decision);
			return decision;
		}

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

		CompletableFuture<HandshakeDecision> next() throws InterruptedException {
			CompletableFuture<HandshakeDecision> decision = this.asked.poll(20, TimeUnit.SECONDS);
			assertThat(decision).isNotNull();
			return decision;
		}

	}

}
