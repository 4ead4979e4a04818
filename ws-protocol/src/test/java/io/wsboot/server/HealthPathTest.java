package io.wsboot.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Response;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.HandshakeOptions;
import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.WsServerObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HealthPathTest {

	private static final String PROBE = "GET /healthz HTTP/1.1\r\nHost: 10.0.0.7:8090\r\n\r\n";

	private static RunningServer server(WsHandler handler, Consumer<WsServerOptionsBuilder> more) {
		return new RunningServer(handler,
				(options) -> more.accept(options.handshake(HandshakeOptions.DEFAULTS.withHealthPath("/healthz"))));
	}

	private static RunningServer server() {
		return server(new RecordingHandler(), (options) -> {
		});
	}

	private static Response answer(RunningServer server, String request) {
		RawClient client = server.connect();
		client.send(request);
		Response response = client.readResponse();
		client.expectEof();
		client.close();
		assertThat(response.headers()).containsEntry("connection", "close")
			.containsEntry("cache-control", "no-store")
			.containsEntry("date", "Sun, 06 Nov 1994 08:49:37 GMT");
		return response;
	}

	@ParameterizedTest
	@ValueSource(strings = { PROBE, "GET /healthz HTTP/1.0\r\n\r\n", "GET /healthz HTTP/1.0\r\nHost: h\r\n\r\n",
			"GET /healthz?from=lb HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\n\r\n",
			"GET http://h/healthz HTTP/1.1\r\nHost: h\r\n\r\n",
			"GET /healthz HTTP/1.1\r\nHost: h\r\nOrigin: https://foreign.example\r\n\r\n",
			"GET /healthz HTTP/1.1\r\nHost: h\r\nUser-Agent: kube-probe/1.31\r\nAccept: */*\r\nConnection: close\r\n\r\n" })
	void isAnsweredWith200(String probe) {
		try (RunningServer server = server()) {
			Response response = answer(server, probe);
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("200 OK\n");
		}
	}

	@Test
	void doesNotUpgrade() {
		try (RunningServer server = server()) {
			assertThat(answer(server, RawClient.head("/healthz")).status()).isEqualTo(200);
		}
	}

	@Test
	void hasNoContentForHead() {
		try (RunningServer server = server()) {
			RawClient client = server.connect();
			client.send("HEAD /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
			assertThat(new String(client.readAll())).startsWith("HTTP/1.1 200 OK\r\n")
				.contains("Content-Length: 7\r\n")
				.endsWith("\r\n\r\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "OPTIONS", "PUT", "get" })
	void takesNoOtherMethod(String method) {
		try (RunningServer server = server()) {
			Response response = answer(server, method + PROBE.substring(3));
			assertThat(response.status()).isEqualTo(405);
			assertThat(response.headers()).containsEntry("allow", "GET, HEAD");
		}
	}

	@Test
	void isStillHttp() {
		try (RunningServer server = server()) {
			RawClient client = server.connect();
			client.send("GET /healthz HTTP/1.1\r\n\r\n"); // RFC 9112 §3.2: no Host
			assertThat(client.readResponse().status()).isEqualTo(400);
		}
	}

	@Test
	void isUnavailableWhileTheServerDrains() throws Exception {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = server(handler, (options) -> {
		})) {
			RawClient open = server.open("/");
			server.server.drain();
			assertThat(answer(server, PROBE).status()).isEqualTo(503);
			assertThat(answer(server, "GET /healthz HTTP/1.0\r\n\r\n").status()).isEqualTo(503);
			server.server.stop();
			open.expectClose(1001);
			assertThat(answer(server, PROBE).status()).isEqualTo(503); // the session is
																		// not over
		}
	}

	@Test
	void isUnavailableIfALoopIsStuck() throws Exception {
		CountDownLatch stuck = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		WsHandler blocking = new WsHandler() {

			@Override
			public void onText(WsSession session, String text) throws Exception {
				stuck.countDown();
				go.await();
			}

		};
		try (RunningServer server = server(blocking, (options) -> options.eventLoops(2))) {
			server.open("/loop").sendText("now");
			stuck.await();
			assertThat(answer(server, PROBE).status()).isEqualTo(200); // by the other one
			server.connect(); // the next turn is that of the stuck loop
			server.clock.advance(Duration.ofSeconds(11));
			assertThat(answer(server, PROBE).status()).isEqualTo(503);
			go.countDown();
		}
	}

	@Test
	void isAnsweredThoughThereIsNoRoomForSessions() {
		try (RunningServer server = server(new RecordingHandler(), (options) -> options.maxConnections(1))) {
			server.open("/");
			assertThat(answer(server, PROBE).status()).isEqualTo(200);
		}
	}

	@Test
	void isNoHandshake() {
		List<String> told = new CopyOnWriteArrayList<>();
		WsServerObserver observer = new WsServerObserver() {

			@Override
			public void handshake(String endpoint, Port port, int status, long nanos) {
				told.add(endpoint + " " + status);
			}

			@Override
			public void error(ErrorKind kind) {
				told.add(kind.name());
			}

		};
		try (RunningServer server = new RunningServer(new RecordingHandler(),
				(options) -> options.handshake(HandshakeOptions.DEFAULTS.withHealthPath("/healthz"))
					.admission(new AdmissionOptions(0, 0, 1)),
				(builder) -> builder.observer(observer))) {
			for (int i = 0; i < 5; i++) {
				answer(server, PROBE);
				answer(server, "POST" + PROBE.substring(3));
			}
			server.expectNothingLeft();
			assertThat(server.server.stats().refused()).isZero();
			server.open("/echo");
			assertThat(told).containsExactly("/echo 101");
		}
	}

	@Test
	void thereIsNoneByDefault() {
		try (RunningServer server = new RunningServer(new RecordingHandler())) {
			RawClient client = server.connect();
			client.send(PROBE);
			assertThat(client.readResponse().status()).isEqualTo(404);
		}
	}

	@Test
	void goesBeforeAVariable() {
		try (RunningServer server = new RunningServer(new RecordingHandler(),
				(options) -> options.handshake(HandshakeOptions.DEFAULTS.withHealthPath("/healthz")),
				(builder) -> builder.handler("/{room}", new RecordingHandler()))) {
			assertThat(answer(server, PROBE).status()).isEqualTo(200);
			server.open("/other");
		}
	}

	@Test
	void mustNotBeAnEndpoints() {
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> new RunningServer(new RecordingHandler(),
					(options) -> options.handshake(HandshakeOptions.DEFAULTS.withHealthPath("/echo"))))
			.withMessage("health-path is /echo but must not be the path of an endpoint");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "healthz", "/{x}", "/health z", "/healthz?x", "/a#b", "*" })
	void mustBeAPath(String path) {
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> HandshakeOptions.DEFAULTS.withHealthPath(path))
			.withMessageStartingWith("health-path is ");
	}

}
