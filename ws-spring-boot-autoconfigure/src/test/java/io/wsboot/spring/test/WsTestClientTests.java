package io.wsboot.spring.test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.WsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tests the client against a real server. */
class WsTestClientTests {

	private static WsServer server;

	@BeforeAll
	static void start() {
		server = WsServer.builder()
			.port(0)
			.handler("/echo", new Echo(), EndpointOptions.DEFAULTS.withSubprotocols("v2", "v1"))
			.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static WsTestClient connect() {
		return WsTestClient.connect(server.port(), "/echo");
	}

	@Test
	void sendsAndReceives() {
		try (WsTestClient client = connect()) {
			assertThat(client.send("héllo").nextText()).isEqualTo("héllo");
			assertThat(client.send(new byte[] { 1, 2 }).nextBinary()).containsExactly(1, 2);
			assertThat(client.ping(new byte[] { 3 }).nextPong()).containsExactly(3);
			String big = "x".repeat(100_000);
			assertThat(client.send(big).nextText()).isEqualTo(big);
			client.pong(new byte[] { 4 }).receivesNothingFor(Duration.ofMillis(50));
		}
	}

	@Test
	void handsOverHeadersAndSubprotocols() {
		try (WsTestClient client = WsTestClient.builder()
			.header("X-Name", "ada")
			.subprotocols("v0", "v1")
			.connect(server.port(), "/echo?greet")) {
			assertThat(client.subprotocol()).hasValue("v1");
			assertThat(client.nextText()).isEqualTo("hello ada");
		}
		try (WsTestClient client = connect()) {
			assertThat(client.subprotocol()).isEmpty();
		}
	}

	@Test
	void closes() {
		try (WsTestClient client = connect()) {
			assertThat(client.close(new CloseStatus(4000, "enough")).code()).isEqualTo(4000);
		}
		try (WsTestClient client = connect()) {
			assertThat(client.send("close").closeStatus()).isEqualTo(new CloseStatus(4001, "as you wish"));
		}
	}

	@Test
	void leavesNoSessionBehind() {
		connect().close();
		await().untilAsserted(() -> assertThat(server.sessions().count()).isZero());
	}

	@Test
	void tellsWhyItWasRefused() {
		assertThatExceptionOfType(HandshakeRefusedException.class)
			.isThrownBy(() -> WsTestClient.connect(server.port(), "/nowhere"))
			.satisfies((refused) -> assertThat(refused.status()).isEqualTo(404));
		assertThatExceptionOfType(HandshakeRefusedException.class)
			.isThrownBy(() -> WsTestClient.connect(server.port(), "/echo?refuse"))
			.withMessage(
					"the server answered the handshake for ws://localhost:" + server.port() + "/echo?refuse with 401")
			.satisfies((refused) -> assertThat(refused.header("www-authenticate")).hasValue("Bearer"));
	}

	@Nested
	class FailsTheTest {

		@Test
		void ifNothingComes() {
			try (WsTestClient client = WsTestClient.builder()
				.timeout(Duration.ofMillis(50))
				.connect(server.port(), "/echo")) {
				assertThatExceptionOfType(AssertionError.class).isThrownBy(client::nextText)
					.withMessage("expected a text message, but nothing came within PT0.05S");
			}
		}

		@Test
		void ifSomethingElseComes() {
			try (WsTestClient client = connect()) {
				client.send("a");
				assertThatExceptionOfType(AssertionError.class).isThrownBy(client::nextBinary)
					.withMessage("expected a binary message, but received the text \"a\"");
				client.send(new byte[3]);
				assertThatExceptionOfType(AssertionError.class).isThrownBy(client::nextText)
					.withMessage("expected a text message, but received 3 bytes");
				client.ping(new byte[0]);
				assertThatExceptionOfType(AssertionError.class).isThrownBy(client::closeStatus)
					.withMessage("expected the end of the session, but received a Pong of 0 bytes");
				client.send("close");
				assertThatExceptionOfType(AssertionError.class)
					.isThrownBy(() -> client.receivesNothingFor(Duration.ofSeconds(10)))
					.withMessage(
							"expected nothing for PT10S, but received the end of the session with 4001 as you wish");
			}
		}

		@Test
		void ifNobodyListens() {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> WsTestClient.connect(1, "/"))
				.withMessage("could not connect to ws://localhost:1/");
		}

	}

	private static final class Echo implements WsHandler {

		@Override
		public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
			return CompletableFuture.completedFuture("refuse".equals(request.query())
					? HandshakeDecision.refuse(401).withHeader("WWW-Authenticate", "Bearer")
					: HandshakeDecision.accept());
		}

		@Override
		public void onOpen(WsSession session) {
			if ("greet".equals(session.handshake().query())) {
				session.send("hello " + session.handshake().headers().first("x-name").orElseThrow());
			}
		}

		@Override
		public void onText(WsSession session, String text) {
			if (text.equals("close")) {
				session.close(new CloseStatus(4001, "as you wish"));
			}
			else {
				session.send(text);
			}
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

	}

}
