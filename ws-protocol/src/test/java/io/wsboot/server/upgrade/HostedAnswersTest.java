package io.wsboot.server.upgrade;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import io.wsboot.server.WsServerBuilder;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.Upgrades;
import io.wsboot.server.spi.Upgrades.HostEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a host is told to answer: the same that a client of the own listener gets, and
 * nothing is left of a request that is refused or abandoned.
 */
class HostedAnswersTest {

	private static final InetSocketAddress ONE = new InetSocketAddress("192.0.2.1", 1111);

	private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 1111);

	private final RecordingHandler handler = new RecordingHandler();

	private RunningServer server = new RunningServer(this.handler);

	@AfterEach
	void nothingIsLeft() {
		this.server.expectNothingLeft();
		this.server.close();
	}

	private Upgrades start(WsHandler handler, Consumer<WsServerOptionsBuilder> options,
			Consumer<WsServerBuilder> builder) {
		this.server.close();
		this.server = new RunningServer(handler, options, builder);
		return upgrades();
	}

	private Upgrades start(Consumer<WsServerOptionsBuilder> options) {
		return start(this.handler, options, (builder) -> {
		});
	}

	private Upgrades start(WsHandler handler) {
		return start(handler, (options) -> {
		}, (builder) -> {
		});
	}

	private Upgrades upgrades() {
		return this.server.server.upgrades();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					/nowhere | GET  | HTTP/1.1 | -                                 | 404 | -
					/        | POST | HTTP/1.1 | -                                 | 405 | Allow: GET
					/        | GET  | HTTP/1.1 | Upgrade                           | 426 | Upgrade: websocket, Connection: Upgrade
					/        | GET  | HTTP/1.0 | -                                 | 426 | Upgrade: websocket, Connection: Upgrade
					/        | GET  | HTTP/2   | -                                 | 426 | -
					/        | GET  | HTTP/2.0 | Host                              | 426 | -
					/        | GET  | HTTP/9.9 | -                                 | 505 | -
					/        | GET  | HTTP/0.9 | -                                 | 505 | -
					/?%zz    | GET  | HTTP/1.1 | -                                 | 400 | -
					/?a=%4   | GET  | HTTP/1.1 | -                                 | 400 | -
					/?<      | GET  | HTTP/1.1 | -                                 | 400 | -
					/        | GET  | HTTP/1.1 | Connection                        | 426 | Upgrade: websocket, Connection: Upgrade
					/        | GET  | HTTP/1.1 | Sec-WebSocket-Version:=8          | 426 | Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13
					/        | GET  | HTTP/1.1 | Sec-WebSocket-Key                 | 400 | -
					/        | GET  | HTTP/1.1 | Sec-WebSocket-Key:=short          | 400 | -
					/        | GET  | HTTP/1.1 | Host                              | 400 | -
					/        | GET  | HTTP/1.1 | Host: again                       | 400 | -
					/        | GET  | HTTP/1.1 | Content-Length: 1                 | 400 | -
					/        | GET  | HTTP/1.1 | Transfer-Encoding: chunked        | 400 | -
					/        | GET  | HTTP/1.1 | Sec-WebSocket-Extensions: ; a     | 400 | -
					/        | GET  | HTTP/1.1 | Sec-WebSocket-Protocol: a b       | 400 | -
					/        | GET  | HTTP/1.1 | Origin: https://evil.example      | 403 | -
					""")
	void refusesWhatIsNoProperHandshake(String target, String method, String protocol, String field, int status,
			String answer) {
		String[] parts = target.split("\\?");
		HandshakeRequest handshake = new HandshakeRequest(parts[0], (parts.length > 1) ? parts[1] : null,
				(field == null) ? Requests.fields() : Requests.fields(field));
		Upgrade upgrade = Requests.refuse(status, upgrades(),
				new UpgradeRequest(method, protocol, handshake, null, null, null, Map.of()));
		List<String> expected = (answer == null) ? List.of() : List.of(answer.split(", "));
		assertThat(upgrade.headers().fields()).extracting((one) -> one.name() + ": " + one.value())
			.containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void theAcceptedAnswerHasAllFields() {
		Upgrades upgrades = start(new WsHandler() {

			@Override
			public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
				return CompletableFuture
					.completedFuture(HandshakeDecision.accept().withSubprotocol("b").withHeader("X-Mine", "yes"));
			}

		}, (options) -> options.compression(new CompressionOptions(true, 6, 0, false)), (builder) -> {
		});
		Upgrade upgrade = Requests.accept(upgrades,
				Requests.get("/", "Sec-WebSocket-Protocol: a, b", "Sec-WebSocket-Extensions: permessage-deflate"));
		Headers fields = upgrade.headers();
		assertThat(fields.first("Upgrade")).hasValue("websocket");
		assertThat(fields.first("Connection")).hasValue("Upgrade");
		assertThat(fields.first("Sec-WebSocket-Accept")).hasValue("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
		assertThat(fields.first("Sec-WebSocket-Protocol")).hasValue("b");
		assertThat(fields.first("Sec-WebSocket-Extensions").orElseThrow()).startsWith("permessage-deflate");
		assertThat(fields.first("X-Mine")).hasValue("yes");
		upgrade.abandon();
	}

	@Test
	void theHostsHostIsTheOriginsHost() {
		UpgradeRequest request = Requests.get("/", "Origin: https://outside.example");
		Requests.refuse(403, upgrades(), request);
		Requests
			.accept(upgrades(),
					new UpgradeRequest("GET", "HTTP/1.1", request.handshake(), "outside.example", null, null, Map.of()))
			.abandon();
	}

	@Test
	void aDrainingServerTellsToTryLater() {
		this.server.server.drain();
		assertThat(Requests.refuse(503, upgrades(), Requests.get("/")).headers().first("Retry-After")).isPresent();
	}

	@Test
	void connectionsAreLimited() {
		Upgrades upgrades = start((options) -> options.maxConnections(1));
		Upgrade first = Requests.accept(upgrades, Requests.get("/"));
		assertThat(Requests.refuse(503, upgrades, Requests.get("/")).headers().first("Retry-After")).isPresent();
		first.abandon();
		Requests.accept(upgrades, Requests.get("/")).abandon();
	}

	@Test
	void connectionsOfAnAddressAreLimited() {
		Upgrades upgrades = start((options) -> options.admission(new AdmissionOptions(1, 0, 0)));
		Upgrade first = Requests.accept(upgrades, Requests.from(ONE, "/"));
		Requests.refuse(503, upgrades, Requests.from(ONE, "/"));
		Requests.accept(upgrades, Requests.from(OTHER, "/")).abandon();
		Requests.accept(upgrades, Requests.from(null, "/")).abandon();
		InetSocketAddress unresolved = InetSocketAddress.createUnresolved("some.example", 1);
		Requests.accept(upgrades, Requests.from(unresolved, "/")).abandon();
		MemoryWire wire = new MemoryWire().adopt(first);
		this.handler.expectOpen();
		Requests.refuse(503, upgrades, Requests.from(ONE, "/"));
		wire.end();
		this.handler.expect("close 1006");
		this.server.expectNothingLeft();
		Requests.accept(upgrades, Requests.from(ONE, "/")).abandon();
	}

	@Test
	void connectionsOfAPrincipalAreLimited() {
		Upgrades upgrades = start((options) -> options.admission(new AdmissionOptions(0, 1, 0)));
		Principal ada = () -> "ada";
		UpgradeRequest request = Requests.by(ada, null, Map.of(), Requests.get("/"));
		Upgrade first = Requests.accept(upgrades, request);
		Requests.refuse(429, upgrades, request);
		first.abandon();
		MemoryWire wire = new MemoryWire().adopt(Requests.accept(upgrades, request));
		assertThat(this.handler.expectOpen().principal()).containsSame(ada);
		Requests.refuse(429, upgrades, request);
		wire.end();
		this.handler.expect("close 1006");
		this.server.expectNothingLeft();
		Requests.accept(upgrades, request).abandon();
	}

	@Test
	void handshakesASecondAreLimited() {
		Upgrades upgrades = start((options) -> options.admission(new AdmissionOptions(0, 0, 2)));
		Requests.accept(upgrades, Requests.get("/")).abandon();
		Requests.accept(upgrades, Requests.get("/")).abandon();
		Requests.refuse(503, upgrades, Requests.get("/"));
		this.server.elapse(Duration.ofSeconds(1));
		Requests.accept(upgrades, Requests.get("/")).abandon();
	}

	@Test
	void interceptorsSeeTheRequestAndDecide() {
		UpgradeRequest request = Requests.by(() -> "ada", null, Map.of("from", "host"), Requests.get("/"));
		Upgrades upgrades = start(this.handler, (options) -> {
		}, (builder) -> builder.handshakeInterceptor((handshake, chain) -> {
			assertThat(chain.upgrade()).containsSame(request);
			assertThat(chain.certificateSubject()).isEmpty();
			return CompletableFuture.completedFuture(HandshakeDecision.accept().withAttribute("by", "interceptor"));
		}));
		MemoryWire wire = new MemoryWire().adopt(Requests.accept(upgrades, request));
		WsSession session = this.handler.expectOpen();
		assertThat(session.attributes()).containsEntry("from", "host").containsEntry("by", "interceptor");
		wire.end();
		this.handler.expect("close 1006");
	}

	@Test
	void theOwnListenerHasNoUpgrade() {
		start(this.handler, (options) -> {
		}, (builder) -> builder.handshakeInterceptor((handshake, chain) -> {
			assertThat(chain.upgrade()).isEqualTo(Optional.empty());
			return chain.proceed(handshake);
		}));
		RawClient client = this.server.open("/");
		assertThat(SessionStats.of(this.handler.expectOpen()).carrier()).isEqualTo(Carrier.LISTENER);
		client.closeInOrder();
	}

	@Test
	void theHandlersDecisionWins() {
		Principal bob = () -> "bob";
		Upgrades upgrades = start(new WsHandler() {

			@Override
			public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
				return CompletableFuture.completedFuture(HandshakeDecision.accept()
					.withAttribute("one", "handler")
					.withPrincipal(bob)
					.withSubprotocol("b"));
			}

			@Override
			public void onOpen(WsSession session) throws Exception {
				HostedAnswersTest.this.handler.onOpen(session);
			}

		});
		MemoryWire wire = new MemoryWire().adopt(Requests.accept(upgrades, Requests.by(() -> "ada", "a",
				Map.of("one", "host", "two", "host"), Requests.get("/", "Sec-WebSocket-Protocol: a, b"))));
		WsSession session = this.handler.expectOpen();
		assertThat(session.attributes()).containsEntry("one", "handler").containsEntry("two", "host");
		assertThat(session.principal()).containsSame(bob);
		assertThat(session.subprotocol()).hasValue("b");
		assertThat(SessionStats.of(session).carrier()).isEqualTo(Carrier.WIRE);
		wire.end();
	}

	@Test
	void theHostChoosesTheSubprotocolOfAHandlerThatDoesNot() {
		Upgrade upgrade = Requests.accept(upgrades(),
				Requests.by(null, "b", Map.of(), Requests.get("/", "Sec-WebSocket-Protocol: a, b")));
		assertThat(upgrade.headers().first("Sec-WebSocket-Protocol")).hasValue("b");
		upgrade.abandon();
		Requests.refuse(500, upgrades(), Requests.by(null, "c", Map.of(), Requests.get("/")));
	}

	private static WsHandler deciding(CompletionStage<HandshakeDecision> decision) {
		return new WsHandler() {

			@Override
			public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
				return decision;
			}

		};
	}

	@Test
	void theHandlerRefuses() {
		Upgrades upgrades = start(deciding(CompletableFuture
			.completedFuture(HandshakeDecision.refuse(401).withHeader("WWW-Authenticate", "Bearer"))));
		assertThat(Requests.refuse(401, upgrades, Requests.get("/")).headers().first("WWW-Authenticate"))
			.hasValue("Bearer");
	}

	@Test
	void theHandlerFails() {
		Requests.refuse(500, start(deciding(CompletableFuture.failedFuture(new IllegalStateException("on purpose")))),
				Requests.get("/"));
	}

	@Test
	void decisionsThatMakeNoAnswer() {
		Requests.refuse(500,
				start(deciding(CompletableFuture
					.completedFuture(HandshakeDecision.accept().withHeader("Content-Length", "1")))),
				Requests.get("/"));
		Requests.refuse(500,
				start(deciding(CompletableFuture
					.completedFuture(HandshakeDecision.refuse(403).withHeader("Transfer-Encoding", "chunked")))),
				Requests.get("/"));
		Requests.refuse(500,
				start(deciding(CompletableFuture.completedFuture(HandshakeDecision.accept().withSubprotocol("x")))),
				Requests.get("/"));
	}

	@Test
	void aLateDecisionIsNoDecision() {
		CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
		Upgrades upgrades = start(deciding(decision));
		CompletableFuture<Upgrade> judged = upgrades.judge(Requests.get("/")).toCompletableFuture();
		this.server.onLoop(() -> null);
		assertThat(this.server.sockets()).isEqualTo(1);
		this.server.elapse(Duration.ofSeconds(11));
		Upgrade upgrade = judged.join();
		assertThat(upgrade.status()).isEqualTo(503);
		assertThat(upgrade.headers().first("Retry-After")).isPresent();
		this.server.expectNothingLeft();
		decision.complete(HandshakeDecision.accept());
	}

	@Test
	void endpointsOfTheHostAreReachedByTheHostOnly() {
		AtomicInteger asked = new AtomicInteger();
		WsHandler counting = new WsHandler() {

			@Override
			public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
				asked.incrementAndGet();
				return CompletableFuture.completedFuture(HandshakeDecision.accept());
			}

			@Override
			public void onOpen(WsSession session) throws Exception {
				HostedAnswersTest.this.handler.onOpen(session);
			}

		};
		HostEndpoint endpoint = upgrades().endpoint("/**/{any:.*}", counting, EndpointOptions.DEFAULTS);
		assertThat(endpoint.path()).isEqualTo("/**/{any:.*}");
		Requests.refuse(404, upgrades(), Requests.get("/**/{any:.*}"));
		assertThat(asked).hasValue(0);
		Upgrade upgrade = upgrades().judge(Requests.get("/x", "Origin: https://other.example"), endpoint)
			.toCompletableFuture()
			.join();
		MemoryWire wire = new MemoryWire().adopt(upgrade);
		WsSession session = this.handler.expectOpen();
		assertThat(session.endpoint()).isEqualTo("/**/{any:.*}");
		assertThat(session.handshake().path()).isEqualTo("/x");
		assertThat(this.server.server.stats().endpoints())
			.anyMatch((stats) -> stats.path().equals("/**/{any:.*}") && stats.connections() == 1);
		endpoint.remove();
		endpoint.remove();
		wire.expect("close 1001");
		assertThat(upgrades().judge(Requests.get("/x"), endpoint).toCompletableFuture().join().status()).isEqualTo(404);
		assertThat(asked).hasValue(1);
		wire.end();
		this.server.expectNothingLeft();
		assertThat(this.server.server.stats().endpoints()).noneMatch((stats) -> stats.path().equals("/**/{any:.*}"));
	}

	@Test
	void anEndpointThatIsRemovedMeanwhileClosesTheSession() {
		HostEndpoint endpoint = upgrades().endpoint("/mine", this.handler, EndpointOptions.DEFAULTS);
		Upgrade upgrade = upgrades().judge(Requests.get("/x"), endpoint).toCompletableFuture().join();
		endpoint.remove();
		MemoryWire wire = new MemoryWire().adopt(upgrade);
		wire.expect("close 1001");
		wire.end();
	}

	@Test
	void anEndpointBelongsToItsServer() {
		try (RunningServer other = new RunningServer(this.handler)) {
			HostEndpoint endpoint = other.server.upgrades().endpoint("/x", this.handler, EndpointOptions.DEFAULTS);
			assertThatIllegalArgumentException().isThrownBy(() -> upgrades().judge(Requests.get("/x"), endpoint));
		}
	}

}
