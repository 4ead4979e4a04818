package io.wsboot.server;

import java.net.InetSocketAddress;
import java.util.Map;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.logging.Level;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.UpgradeRequest;
import org.junit.jupiter.api.Test;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever is turned away leaves one line at debug level that says why.
 */
class RefusalLogTest {

	private static final String SECRET = "s3cret";

	private static final Consumer<WsServerOptionsBuilder> DEFAULTS = (options) -> {
	};

	/** Refuses and closes as its client wants. */
	private static final WsHandler PICKY = new WsHandler() {

		@Override
		public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) throws Exception {
			return completedFuture(switch (request.queryParam("answer").orElse("")) {
				case "401" -> HandshakeDecision.refuse(401);
				case "409" -> HandshakeDecision.refuse(409).withReason("taken\r\nby \u001b[31m" + "x".repeat(5000));
				case "throw" -> throw new IllegalStateException("down");
				default -> HandshakeDecision.accept();
			});
		}

		@Override
		public void onText(WsSession session, String text) {
			if (!text.equals("nothing")) {
				session.close(CloseStatus.of(Integer.parseInt(text)).withReason("as you like"));
			}
		}

	};

	private static void refused(RunningServer server, String head, int status) {
		RawClient client = server.connect();
		client.send(head);
		assertThat(client.readResponse().status()).isEqualTo(status);
		client.expectEof();
	}

	private static String get(String path, String... lines) {
		return RawClient.head(path, lines);
	}

	@Test
	void aRefusalSaysReasonPathOriginAndAddress() {
		try (LoggedLines log = new LoggedLines("io.wsboot", Level.FINE);
				RunningServer server = new RunningServer(PICKY, (options) -> options.maxConnections(1))) {
			RawClient client = server.connect();
			client.send(get("/echo?token=" + SECRET, "Origin: https://other.example", "Cookie: " + SECRET));
			assertThat(client.readResponse().status()).isEqualTo(403);
			assertThat(log.next())
				.isEqualTo("FINE handshake refused with 403 (the origin is not allowed (RFC 6455 §10.2)):"
						+ " path /echo, origin https://other.example, client 127.0.0.1:" + client.localPort());
			refused(server, get("/nowhere?x=" + SECRET), 404);
			assertThat(log.next()).startsWith(
					"FINE handshake refused with 404 (no endpoint has this path): path /nowhere, origin -, client 127.0.0.1:");
			refused(server, "GET /echo HTTP/1.1\r\nHost: h\r\n\r\n", 426);
			assertThat(log.next())
				.contains(" 426 (no upgrade to websocket is asked for (RFC 6455 §4.2.1)): path /echo,");
			refused(server, get("/echo").replace("GET", "POST"), 405);
			assertThat(log.next()).contains(" 405 (a method other than GET (RFC 6455 §4.2.1)): path /echo,");
			refused(server, get("/echo").replace("b25jZQ==", "b25j"), 400);
			assertThat(log.next())
				.contains(" 400 (no Sec-WebSocket-Key of 16 bytes in Base64 (RFC 6455 §4.2.1)): path");
			refused(server, SECRET + "\r\n\r\n", 400);
			assertThat(log.next()).contains(" 400 (a request line without method")
				.contains("path -, origin -, client 127");
			refused(server, get("/echo", "X: " + "x".repeat(9000)), 431);
			assertThat(log.next()).contains(" 431 (headers above the limit (RFC 6585 §5)): path -");
			refused(server, get("/?answer=401"), 401);
			assertThat(log.next()).contains(" 401 (decided by the application): path /, ");
			server.open("/echo");
			refused(server, get("/echo"), 503);
			assertThat(log.next()).contains(" 503 (limit: CONNECTIONS): path /echo, ");
			server.server.drain();
			refused(server, get("/echo"), 503);
			assertThat(log.next()).contains(" 503 (the server is about to stop): path /echo, ");
			log.expectNothing();
		}
	}

	@Test
	void aClientWhoseAddressAnotherServerKnowsByName() {
		try (LoggedLines log = new LoggedLines("io.wsboot", Level.FINE);
				RunningServer server = new RunningServer(PICKY)) {
			HandshakeRequest request = new HandshakeRequest("/nowhere", null, Headers.empty(), Map.of(),
					InetSocketAddress.createUnresolved("client.example", 81));
			assertThat(server.server.upgrades()
				.judge(new UpgradeRequest("GET", request))
				.toCompletableFuture()
				.join()
				.status()).isEqualTo(404);
			assertThat(log.next()).endsWith("path /nowhere, origin -, client client.example:81");
		}
	}

	@Test
	void aHandshakeThatIsNotDoneInTimeLeavesOneToo() {
		try (LoggedLines log = new LoggedLines("io.wsboot", Level.FINE);
				RunningServer server = new RunningServer(PICKY)) {
			RawClient client = server.connect();
			client.send("GET /" + SECRET);
			server.advance(Duration.ofSeconds(11));
			client.expectEnd();
			assertThat(log.next()).isEqualTo("FINE handshake refused with 408 (the handshake took too long):"
					+ " path -, origin -, client 127.0.0.1:" + client.localPort());
		}
	}

	@Test
	void whatAClientSendsCannotForgeLinesNorFillThem() {
		try (LoggedLines log = new LoggedLines("io.wsboot", Level.FINE);
				RunningServer server = new RunningServer(PICKY)) {
			refused(server, get("/" + "p".repeat(5000), "Origin: caf\u00E9\t" + "o".repeat(3000)), 404);
			assertThat(log.next()).contains("path /" + "p".repeat(199) + "..., origin caf??" + "o".repeat(195) + "...,")
				.hasSizeLessThan(600);
			refused(server, get("/?answer=409"), 409);
			assertThat(log.next()).contains(" 409 (taken??by ?[31mxxx").hasSizeLessThan(600);
			log.expectNothing();
		}
	}

	@Test
	void aSessionThatIsClosedForALimitSaysWhich() {
		try (LoggedLines log = new LoggedLines("io.wsboot", Level.FINE);
				RunningServer server = new RunningServer(PICKY,
						(options) -> options.inbound(new InboundOptions(10, 1000, 1, 1000)))) {
			expectLine(log, server, RawClient.frame(0x82, new byte[300_000]), " closed with 1009 (");
			expectLine(log, server, RawClient.frame(0x81, (byte) 0xFF), " closed with 1007 (");
			expectLine(log, server, RawClient.frame(0x83), " closed with 1002 (");
			expectLine(log, server, RawClient.frame(0x82, (byte) 1), " closed with 1003 (");
			expectLine(log, server, RawClient.textFrame("1013"), " closed with 1013 (as you like");
			expectLine(log, server, RawClient.join(RawClient.textFrame("nothing"), RawClient.textFrame("nothing")),
					" closed with 1008 (too many messages a second");
			expectLine(log, server, RawClient.textFrame("a"), " closed with 1011 (");
		}
	}

	private static void expectLine(LoggedLines log, RunningServer server, byte[] frames, String text) {
		RawClient client = server.connect().handshake("/?token=" + SECRET, "Origin: http://localhost");
		client.send(frames);
		client.readFrame();
		client.close();
		String line = log.next();
		while (line.startsWith("SEVERE ")) { // the handler's own failure
			assertThat(line).contains("handler of / failed in TEXT of session ");
			line = log.next();
		}
		assertThat(line).startsWith("FINE session ")
			.contains(" of /" + text)
			.endsWith("): path /, origin http://localhost, client 127.0.0.1:" + client.localPort())
			.doesNotContain(SECRET);
	}

	@Test
	void endsInGoodOrderAreNoNews() {
		try (LoggedLines log = new LoggedLines("io.wsboot", Level.FINE);
				RunningServer server = new RunningServer(PICKY, DEFAULTS)) {
			server.open("/").closeInOrder();
			RawClient client = server.open("/");
			client.sendText("1000");
			client.expectClose(1000);
			client.close();
			client = server.open("/");
			client.sendText("4001");
			client.expectClose(4001);
			client.close();
			client = server.open("/");
			client.sendClose(1002); // the client's own complaint
			client.expectClose(1002);
			client.close();
			server.open("/").reset();
			server.settle();
			log.expectNothing();
		}
	}

	@Test
	void aboveDebugNothingIsLogged() {
		try (LoggedLines log = new LoggedLines("io.wsboot", Level.CONFIG);
				RunningServer server = new RunningServer(PICKY)) {
			refused(server, get("/nowhere"), 404);
			refused(server, new String(new byte[] { 0x16, 3, 1 }, StandardCharsets.ISO_8859_1), 400);
			RawClient client = server.open("/");
			client.send(RawClient.frame(0x83));
			client.expectClose(1002);
			client.close();
			server.settle();
			log.expectNothing();
		}
	}

}
