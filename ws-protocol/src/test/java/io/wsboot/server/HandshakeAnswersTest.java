package io.wsboot.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Response;
import io.wsboot.server.config.HandshakeOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is answered to what is no opening handshake, or one that is not welcome, as a
 * client sees it.
 */
class HandshakeAnswersTest {

	/** If it came back, or was looked at, we would see it. */
	private static final String SECRET = "s3cret";

	/** Valid HTTP and valid frames, behind a request that is refused. */
	private static final byte[] MORE = RawClient.join(RawClient.head("/").getBytes(), RawClient.textFrame("more"));

	private static Response refused(RunningServer server, String request) {
		RawClient client = server.connect();
		client.send(RawClient.join(request.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), MORE));
		Response response = client.readResponse();
		client.expectEof();
		client.close();
		assertThat(response.headers().get("connection")).endsWith("close");
		assertThat(response.headers()).containsEntry("date", "Sun, 06 Nov 1994 08:49:37 GMT");
		assertThat(response.body()).startsWith(response.status() + " ").endsWith("\n").doesNotContain(SECRET);
		assertThat(response.body()).hasSizeLessThan(60);
		return response;
	}

	private static String get(String path, String... lines) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", lines)
				+ (lines.length > 0 ? "\r\n" : "") + "\r\n";
	}

	/** A valid handshake but for one piece of it. */
	private static String but(String piece, String replacement) {
		String head = RawClient.head("/");
		assertThat(head).contains(piece);
		return head.replace(piece, replacement);
	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class NoHandshake {

		private final RecordingHandler handler = new RecordingHandler();

		private final RunningServer server = new RunningServer(this.handler);

		@org.junit.jupiter.api.AfterAll
		void nothingIsLeft() {
			this.server.expectNothingLeft();
			this.server.close();
			this.handler.expectNothing();
		}

		Stream<Arguments> rows() {
			String padding = "x".repeat(8192);
			return Stream.of(arguments("plain GET", get("/"), 426), arguments("unknown path", get("/" + SECRET), 404),
					arguments("handshake on an unknown path", RawClient.head("/" + SECRET), 404),
					arguments("POST", but("GET", "POST"), 405), arguments("HEAD", but("GET", "OPTIONS"), 405),
					arguments("HTTP/1.0", but("HTTP/1.1", "HTTP/1.0"), 426),
					arguments("HTTP/2.0", but("HTTP/1.1", "HTTP/2.0"), 505),
					arguments("no HTTP", SECRET + "\r\n\r\n", 400),
					arguments("bare LF", but("Host: localhost\r\n", "Host: localhost\n"), 400),
					arguments("bare CR", but("Host: localhost\r\n", "Host: local\rhost\r\n"), 400),
					arguments("obs-fold", but("Upgrade: websocket", "X: a\r\n b\r\nUpgrade: websocket"), 400),
					arguments("control byte", but("localhost", "local\u0000host"), 400),
					arguments("no Host", but("Host: localhost\r\n", ""), 400),
					arguments("two Hosts", but("Host: localhost\r\n", "Host: a\r\nHost: b\r\n"), 400),
					arguments("a body", but("Host: localhost", "Host: localhost\r\nContent-Length: 5"), 400),
					arguments("Transfer-Encoding", but("Host: localhost", "Host: a\r\nTransfer-Encoding: chunked"),
							400),
					arguments("no key", but("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""), 400),
					arguments("short key", but("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ=="), 400),
					arguments("request line of 8193", get("/?" + padding.substring(14)), 414),
					arguments("headers of 8193", get("/", "X: " + padding), 431),
					arguments("101 headers",
							get("/", java.util.Collections.nCopies(100, "X: y").toArray(String[]::new)), 431),
					arguments("version 12", but("Version: 13", "Version: 12"), 426),
					arguments("no version", but("Sec-WebSocket-Version: 13\r\n", ""), 426),
					arguments("foreign origin", RawClient.head("/", "Origin: https://" + SECRET + ".example"), 403));
		}

		@ParameterizedTest(name = "{0}")
		@MethodSource("rows")
		void isRefused(String row, String request, int status) {
			Response response = refused(this.server, request);
			assertThat(response.status()).isEqualTo(status);
			switch (row) {
				case "plain GET", "HTTP/1.0" -> {
					assertThat(response.headers()).containsEntry("upgrade", "websocket")
						.containsEntry("connection", "Upgrade, close");
				}
				case "POST", "HEAD" -> assertThat(response.headers()).containsEntry("allow", "GET");
				case "version 12", "no version" ->
					assertThat(response.headers()).containsEntry("sec-websocket-version", "13");
				default -> assertThat(response.headers()).doesNotContainKeys("upgrade", "allow", "retry-after");
			}
		}

		@Test
		void theAnswerIsReadableThoughMuchInputIsLeft() {
			RawClient client = this.server.connect();
			client.send(RawClient.join(get("/nowhere").getBytes(), new byte[1_000_000]));
			assertThat(client.readResponse().status()).isEqualTo(404);
			client.expectEof();
			client.close();
		}

		@Test
		void aClientThatNeverClosesIsDroppedAfterTheCloseTimeout() {
			RawClient client = this.server.connect();
			client.send(get("/nowhere"));
			assertThat(client.readResponse().status()).isEqualTo(404);
			client.expectEof();
			assertThat(this.server.server.sockets()).isOne();
			this.server.advance(Duration.ofSeconds(5).plus(ManualClock.TICK));
			this.server.expectNothingLeft();
		}

	}

	@Nested
	class Limits {

		@Test
		void theLongestHeadIsTaken() {
			try (RunningServer server = new RunningServer(new RecordingHandler(),
					(options) -> options.handshake(new HandshakeOptions(Duration.ofSeconds(1), 24, 1000, 8)))) {
				String head = RawClient.head("/?q=12345678");
				assertThat(head.indexOf('\r')).isEqualTo(25);
				assertThat(refused(server, head).status()).isEqualTo(414);
				assertThat(server.connect().handshake("/?q=1234567")).isNotNull();
				assertThat(refused(server, RawClient.head("/", "A: b", "C: d", "E: f", "G: h")).status())
					.isEqualTo(431);
				assertThat(server.connect().handshake("/", "A: b", "C: d", "E: f")).isNotNull();
			}
		}

	}

	@Nested
	class NoRoom {

		@Test
		void draining() {
			try (RunningServer server = new RunningServer(new RecordingHandler())) {
				RawClient before = server.open("/echo");
				server.server.drain();
				assertTryLater(refused(server, RawClient.head("/")));
				before.expectEcho("still here");
			}
		}

		@Test
		void anExecutorThatTakesNothing() {
			try (RunningServer server = new RunningServer(new RecordingHandler(), (options) -> {
			}, (builder) -> builder.executor((task) -> {
				throw new RejectedExecutionException();
			})
				.handler("/worker", new RecordingHandler(),
						EndpointOptions.DEFAULTS.withHandshakeExecution(Execution.WORKER)))) {
				assertTryLater(refused(server, RawClient.head("/worker")));
			}
		}

		private static void assertTryLater(Response response) {
			assertThat(response.status()).isEqualTo(503);
			assertThat(response.headers()).containsEntry("retry-after", "5");
		}

	}

	@Nested
	class Timeout {

		private final RunningServer server = new RunningServer(new RecordingHandler(),
				(options) -> options.handshake(new HandshakeOptions(Duration.ofSeconds(10), 8192, 8192, 100)));

		@AfterEach
		void close() {
			this.server.close();
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "GET / HTTP/1.1\r\nHost: l" })
		void dropsExactlyThen(String begun) {
			RawClient client = this.server.connect();
			client.send(begun);
			this.server.settle();
			this.server.advance(Duration.ofSeconds(10).minusNanos(1));
			assertThat(this.server.server.sockets()).isOne();
			assertThat(client.hasNothing()).isTrue();
			this.server.advance(ManualClock.TICK);
			client.expectEnd();
			this.server.expectNothingLeft();
		}

		@Test
		void isAbsolute() {
			RawClient client = this.server.connect();
			this.server.settle();
			for (int i = 0; i < 10; i++) {
				client.send("GET / HTTP".substring(i, i + 1));
				this.server.advance(Duration.ofSeconds(1));
			}
			this.server.advance(ManualClock.TICK);
			client.expectEnd();
		}

	}

	@Nested
	class Deciding {

		private volatile CompletionStage<HandshakeDecision> decision = new CompletableFuture<>();

		private final CountDownLatch asked = new CountDownLatch(1);

		private final RecordingHandler opened = new RecordingHandler();

		private final WsHandler handler = new WsHandler() {

			@Override
			public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) throws Exception {
				asked.countDown();
				if (request.query() != null) {
					throw new java.io.IOException(SECRET);
				}
				return decision;
			}

			@Override
			public void onOpen(WsSession session) throws Exception {
				opened.onOpen(session);
			}

			@Override
			public void onText(WsSession session, String text) throws Exception {
				opened.onText(session, text);
				session.send(text);
			}

		};

		private RunningServer server;

		@BeforeEach
		void start() {
			this.server = new RunningServer(this.handler);
		}

		@AfterEach
		void stop() {
			this.server.close();
			this.opened.expectNothing();
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void aHandlerThatFails(String path) {
			assertThat(refused(this.server, RawClient.head(path + "?fail")).status()).isEqualTo(500);
			this.decision = CompletableFuture.failedFuture(new IllegalStateException(SECRET));
			assertThat(refused(this.server, RawClient.head(path)).status()).isEqualTo(500);
			this.decision = CompletableFuture.completedFuture(null);
			assertThat(refused(this.server, RawClient.head(path)).status()).isEqualTo(500);
			this.decision = null;
			assertThat(refused(this.server, RawClient.head(path)).status()).isEqualTo(500);
			this.server.expectNothingLeft();
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void aDecisionThatMakesNoResponse(String path) {
			this.decision = CompletableFuture
				.completedFuture(HandshakeDecision.refuse(401).withHeader("Content-Length", "7"));
			assertThat(refused(this.server, RawClient.head(path)).status()).isEqualTo(500);
			this.decision = CompletableFuture.completedFuture(HandshakeDecision.accept().withSubprotocol("x"));
			assertThat(refused(this.server, RawClient.head(path)).status()).isEqualTo(500);
			this.server.expectNothingLeft();
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void aDecisionToRefuse(String path) {
			this.decision = CompletableFuture
				.completedFuture(HandshakeDecision.refuse(401).withHeader("WWW-Authenticate", "Basic realm=\"x\""));
			Response response = refused(this.server, RawClient.head(path));
			assertThat(response.status()).isEqualTo(401);
			assertThat(response.headers()).containsEntry("www-authenticate", "Basic realm=\"x\"");
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void framesThatCameBeforeALateDecisionAreNotLost(String path) throws Exception {
			CompletableFuture<HandshakeDecision> later = new CompletableFuture<>();
			this.decision = later;
			RawClient client = this.server.connect();
			client.send(RawClient.join(RawClient.head(path).getBytes(), RawClient.textFrame("early"),
					RawClient.textFrame("bird")));
			assertThat(this.asked.await(10, TimeUnit.SECONDS)).isTrue();
			this.server.settle();
			assertThat(client.hasNothing()).isTrue();
			later.complete(HandshakeDecision.accept().withHeader("X-Late", "yes"));
			assertThat(client.expectSwitch().headers()).containsEntry("x-late", "yes");
			assertThat(client.readText()).isEqualTo("early");
			assertThat(client.readText()).isEqualTo("bird");
			this.opened.expect("open");
			this.opened.expect("text early");
			this.opened.expect("text bird");
		}

		@Test
		void aDecisionAfterTheTimeoutIsTooLate() throws Exception {
			CompletableFuture<HandshakeDecision> later = new CompletableFuture<>();
			this.decision = later;
			RawClient client = this.server.connect();
			client.send(RawClient.head("/"));
			assertThat(this.asked.await(10, TimeUnit.SECONDS)).isTrue();
			this.server.advance(Duration.ofSeconds(10).plus(ManualClock.TICK));
			client.expectEnd();
			later.complete(HandshakeDecision.accept());
			this.server.expectNothingLeft();
		}

	}

}
