package io.wsboot.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.MessageDelivery;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Response;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.Limit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each limit is met, and crossed by one; each crossing is told once.
 */
class LimitsTest {

	private final BlockingQueue<Limit> told = new LinkedBlockingQueue<>();

	private RunningServer server(Consumer<WsServerOptionsBuilder> options) {
		return new RunningServer(new Guest(), options, (builder) -> builder.observer(new WsServerObserver() {

			@Override
			public void limited(Limit limit) {
				LimitsTest.this.told.add(limit);
			}

		})
			.handler("/parts", new Guest(), EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(0))
				.withBinary(MessageDelivery.inParts(0))));
	}

	private static Response refused(RunningServer server, String path) {
		RawClient client = server.connect();
		client.send(RawClient.head(path));
		Response response = client.readResponse();
		client.expectEof();
		client.close();
		return response;
	}

	private static void expectTryLater(Response response, int status) {
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.headers()).containsEntry("retry-after", "5");
	}

	@Nested
	class OfSessions {

		@Test
		void inAll() {
			try (RunningServer server = server((options) -> options.maxConnections(2))) {
				crossedByOne(server, "/", "/", 503);
				assertThat(LimitsTest.this.told).containsExactly(Limit.CONNECTIONS);
			}
		}

		@Test
		void perAddress() {
			try (RunningServer server = server((options) -> options.admission(new AdmissionOptions(2, 0, 0)))) {
				crossedByOne(server, "/", "/", 503);
				assertThat(LimitsTest.this.told).containsExactly(Limit.CONNECTIONS_PER_ADDRESS);
			}
		}

		@Test
		void perPrincipal() {
			try (RunningServer server = server((options) -> options.admission(new AdmissionOptions(0, 2, 0)))) {
				crossedByOne(server, "/?user=ann", "/loop?user=ann", 429);
				assertThat(LimitsTest.this.told).containsExactly(Limit.CONNECTIONS_PER_PRINCIPAL);
				server.open("/?user=bob").expectEcho("another one");
				for (int i = 0; i < 3; i++) {
					server.open("/").expectEcho("nobody in particular");
				}
				assertThat(LimitsTest.this.told).hasSize(1);
			}
		}

		/** What is refused takes no part of any limit. */
		private static void crossedByOne(RunningServer server, String path, String other, int status) {
			RawClient one = server.open(path);
			RawClient two = server.open(other);
			expectTryLater(refused(server, path), status);
			one.expectEcho("still here");
			two.closeInOrder();
			Awaitility.await().until(() -> server.server.sessions().count() == 1);
			server.pass(); // the room is given back in the same turn of the loop
			server.open(path).expectEcho("room again");
		}

		@Test
		void areGivenBackByAHandshakeThatCannotBeAnswered() {
			try (RunningServer server = server((options) -> options.admission(new AdmissionOptions(0, 1, 0)))) {
				for (int i = 0; i < 3; i++) {
					assertThat(refused(server, "/?user=ann&subprotocol=none").status()).isEqualTo(500);
				}
				server.open("/?user=ann").expectEcho("room for one");
				assertThat(LimitsTest.this.told).isEmpty();
			}
		}

	}

	@Test
	void ofHandshakesASecond() {
		try (RunningServer server = server((options) -> options.admission(new AdmissionOptions(0, 0, 4)))) {
			server.open("/").closeInOrder();
			assertThat(refused(server, "/?refuse").status()).isEqualTo(403);
			assertThat(refused(server, "/nowhere").status()).isEqualTo(404); // costs
																				// nothing
			server.open("/").closeInOrder();
			server.open("/").closeInOrder();
			expectTryLater(refused(server, "/"), 503);
			assertThat(this.told).containsExactly(Limit.HANDSHAKES_PER_SECOND);
			server.clock.advance(Duration.ofMillis(250));
			server.pass();
			server.open("/").closeInOrder();
			expectTryLater(refused(server, "/"), 503);
			server.expectNothingLeft();
		}
	}

	@Nested
	class OfOneSession {

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop", "/parts" })
		void messagesASecond(String path) {
			try (RunningServer server = server(
					(options) -> options.inbound(new InboundOptions(256, 1 << 20, 3, 1000)))) {
				RawClient client = server.open(path);
				List.of("a", "b", "c").forEach(client::expectEcho);
				client.sendText("d");
				expectOver(client, Limit.MESSAGES_PER_SECOND);
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop", "/parts" })
		void bytesASecond(String path) {
			try (RunningServer server = withBytes(10)) {
				RawClient client = server.open(path);
				client.expectEcho("12345");
				client.sendBinary(new byte[5]);
				assertThat(client.readFrame().payload()).hasSize(5);
				server.clock.advance(Duration.ofMillis(400));
				server.pass();
				client.expectEcho("1ä4"); // four bytes of UTF-8
				client.sendText("5");
				expectOver(client, Limit.BYTES_PER_SECOND);
			}
		}

		@Test
		void bytesASecondOfAMessageInParts() {
			try (RunningServer server = withBytes(10)) {
				RawClient client = server.open("/parts");
				client.send(RawClient.frame(0x02, new byte[6]));
				assertThat(client.readFrame().payload()).hasSize(6);
				client.send(RawClient.frame(0x00, new byte[4]));
				assertThat(client.readFrame().payload()).hasSize(4);
				client.send(RawClient.frame(0x80, (byte) 1));
				expectOver(client, Limit.BYTES_PER_SECOND);
			}
		}

		@Test
		void bytesASecondThatOneMessageHasAlone() {
			try (RunningServer server = withBytes(10)) {
				RawClient client = server.open("/loop");
				client.send(RawClient.frame(0x02, new byte[10]), RawClient.frame(0x80, (byte) 1));
				expectOver(client, Limit.BYTES_PER_SECOND);
			}
		}

		@Test
		void controlFramesASecond() {
			try (RunningServer server = server((options) -> options.inbound(new InboundOptions(256, 1 << 20, 0, 2)))) {
				RawClient client = server.open("/");
				client.sendPing("");
				client.readFrame();
				client.send(RawClient.frame(0x8A));
				client.expectEcho("still here");
				client.send(RawClient.frame(0x8A));
				expectOver(client, Limit.CONTROL_FRAMES_PER_SECOND);
			}
		}

		private RunningServer withBytes(long perSecond) {
			return server((options) -> options.inbound(new InboundOptions(256, 1 << 20, 0, 1000, perSecond)));
		}

		private void expectOver(RawClient client, Limit limit) {
			client.expectClose(1008);
			assertThat(LimitsTest.this.told).containsExactly(limit);
		}

	}

	/**
	 * Whoever says so in the query, and sends back what it gets, parts as messages of
	 * their own.
	 */
	private static final class Guest implements WsHandler {

		@Override
		public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
			if (request.queryParam("refuse").isPresent()) {
				return CompletableFuture.completedFuture(HandshakeDecision.refuse(403));
			}
			HandshakeDecision.Accept accept = HandshakeDecision.accept();
			if (request.queryParam("user").isPresent()) {
				String name = request.queryParam("user").orElseThrow();
				accept = accept.withPrincipal(() -> name);
			}
			if (request.queryParam("subprotocol").isPresent()) {
				accept = accept.withSubprotocol("not offered");
			}
			return CompletableFuture.completedFuture(accept);
		}

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

		@Override
		public void onTextPart(WsSession session, String part, boolean last) {
			session.send(part);
		}

		@Override
		public void onBinaryPart(WsSession session, ByteBuffer part, boolean last) {
			session.send(part);
		}

	}

}
