package io.wsboot.server;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.Fault.Kind;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.HandshakeOptions;
import io.wsboot.server.config.ShutdownOptions;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.spi.CallbackChain;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each call out of the engine, to the application, the JDK or the operating system, fails
 * in turn: the first of its kind that a session makes, the second, and so on. The session
 * may end; one beside it on the same loop gets its own bytes and no others, everything
 * that was counted is given back, each {@code onOpen} has its {@code onClose}, and the
 * server stops as if nothing had been.
 */
@Timeout(120)
class FaultsTest {

	private static final String TO_VICTIMS = "for the other session only";

	/** More than any but a selector has of one session. */
	private static final int MOST_PASSES = 20;

	private static final SSLContext CLIENT = TestCertificate.onlyTrusting(Wire.CERTIFICATE);

	/** What may fail. */
	enum Place {

		// the operating system
		ACCEPT, CONFIGURE_BLOCKING, SET_OPTION, GET_REMOTE_ADDRESS, REGISTER, SET_INTEREST, SELECT, READ, WRITE,
		SHUT_DOWN_OUTPUT, CLOSE,
		// the application
		EXECUTOR, EXECUTOR_THAT_HAS_TAKEN_IT, HANDSHAKE_INTERCEPTOR, DECISION, CALLBACK_INTERCEPTOR, CONVERTER,
		DEPENDENT, ON_OPEN, ON_TEXT, ON_CLOSE, OBSERVER_HANDSHAKE, OBSERVER_OPENED, OBSERVER_HANDLED, OBSERVER_CLOSED,
		// TLS
		TLS_MAKE, TLS_WRAP, TLS_UNWRAP, TLS_TASK,
		// what loses work that has been taken
		DECORATED_TASK;

		static final Set<Place> SYSTEM = EnumSet.range(ACCEPT, CLOSE);

		static final Set<Place> APPLICATION = EnumSet.range(EXECUTOR, OBSERVER_CLOSED);

		static final Set<Place> TLS = EnumSet.range(TLS_MAKE, TLS_TASK);

		/** Some are passed on workers only. */
		boolean isPassedOn(Execution execution) {
			return execution == Execution.WORKER
					|| this != SET_INTEREST && this != EXECUTOR && this != EXECUTOR_THAT_HAS_TAKEN_IT;
		}

	}

	/** What other tests may have left. */
	private final Set<Thread> threadsBefore = Set.copyOf(Thread.getAllStackTraces().keySet());

	private final Fault fault = new Fault();

	private final FaultySockets sockets = new FaultySockets((call, accepted) -> {
		if (accepted != 0) { // which is the session beside
			this.fault.at(place(call));
		}
	});

	private volatile String besideId = "";

	private @Nullable WsServer server;

	private final ExecutorService pool = Executors.newFixedThreadPool(2);

	/** Calls of the handler's {@code onOpen} and {@code onClose}, by session. */
	private final Map<String, Integer> opens = new ConcurrentHashMap<>();

	private final Map<String, Integer> closes = new ConcurrentHashMap<>();

	private static Object place(String call) {
		return call.toUpperCase(Locale.ROOT).replace(' ', '_');
	}

	private void pass(Place place) {
		this.fault.at(place.name());
	}

	@AfterEach
	void endThreads() {
		this.fault.disarm();
		if (this.server != null) {
			this.server.close();
		}
		this.pool.shutdownNow();
	}

	static Stream<Arguments> faults() {
		Stream<Arguments> system = cases(Place.SYSTEM, EnumSet.of(Kind.IO, Kind.ILLEGAL_STATE, Kind.OUT_OF_MEMORY),
				Wire.PLAIN, Execution.EVENT_LOOP, Execution.WORKER);
		Stream<Arguments> sealed = cases(Place.SYSTEM, EnumSet.of(Kind.IO, Kind.OUT_OF_MEMORY), Wire.TLS_1_3,
				Execution.WORKER);
		Stream<Arguments> application = cases(Place.APPLICATION,
				EnumSet.of(Kind.REJECTED, Kind.ILLEGAL_STATE, Kind.OUT_OF_MEMORY), Wire.PLAIN, Execution.EVENT_LOOP,
				Execution.WORKER);
		Stream<Arguments> tls = cases(Place.TLS, EnumSet.of(Kind.ILLEGAL_STATE, Kind.OUT_OF_MEMORY), Wire.TLS_1_3,
				Execution.EVENT_LOOP, Execution.WORKER);
		return Stream.of(system, sealed, application, tls).flatMap((cases) -> cases);
	}

	private static Stream<Arguments> cases(Collection<Place> places, Collection<Kind> kinds, Wire wire,
			Execution... executions) {
		return places.stream()
			.flatMap((place) -> kinds.stream()
				.flatMap((kind) -> Stream.of(executions)
					.filter(place::isPassedOn)
					.map((execution) -> Arguments.of(place, kind, wire, execution))));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void costsOneSessionAtMost(Place place, Kind kind, Wire wire, Execution execution) {
		WsServer server = start(wire, execution);
		try (RawClient beside = wire.connect(server.port(), 0).handshake("/beside")) {
			long open = this.sockets.open();
			int passes = 0;
			do {
				this.fault.once(place.name(), kind, passes++);
				victim(server, wire, beside);
				if (place == Place.ACCEPT) { // again, so that the client is served that
												// is gone
					Awaitility.await().until(() -> this.sockets.open() == open);
				}
				expectAsBefore(server, beside);
				this.fault.disarm();
			}
			while (this.fault.wasThrown() && passes < MOST_PASSES);
			assertThat(passes).as("passes of %s", place).isGreaterThan(1);
			victim(server, wire, beside);
			assertThat(beside.hasNothing()).isTrue();
		}
		expectStop(server);
	}

	static Stream<Arguments> lastingFaults() {
		Collection<Place> executor = EnumSet.of(Place.EXECUTOR, Place.EXECUTOR_THAT_HAS_TAKEN_IT);
		return cases(executor, EnumSet.of(Kind.REJECTED, Kind.ILLEGAL_STATE, Kind.OUT_OF_MEMORY), Wire.PLAIN,
				Execution.WORKER);
	}

	/**
	 * No worker is ever to be had again: a thread of the server's makes the last calls.
	 */
	@ParameterizedTest
	@MethodSource("lastingFaults")
	void thatLastsToTheEndDelaysNoStop(Place place, Kind kind, Wire wire, Execution execution) {
		for (int passes = 0; passes < 4; passes++) {
			WsServer server = start(wire, execution);
			try (RawClient beside = wire.connect(server.port(), 0).handshake("/beside")) {
				this.fault.always(place.name(), kind, passes);
				victim(server, wire, beside);
				assertThat(this.fault.wasThrown()).isTrue();
				beside.expectEcho("still here");
				assertThat(beside.hasNothing()).isTrue();
			}
			expectStop(server);
			this.fault.disarm();
		}
	}

	/**
	 * A worker that fails before it comes to the session's calls: here {@code onOpen}.
	 */
	@Test
	void whatAWorkerLosesIsMadeInTheEnd() {
		WsServer server = start(Wire.PLAIN, Execution.WORKER);
		try (RawClient beside = RawClient.open(server.port(), "/beside")) {
			this.fault.once(Place.DECORATED_TASK.name(), Kind.OUT_OF_MEMORY, 1);
			victim(server, Wire.PLAIN, beside);
			assertThat(this.fault.wasThrown()).isTrue();
			expectAsBefore(server, beside);
			assertThat(this.opens).hasSize(2);
		}
		expectStop(server);
	}

	private WsServer start(Wire wire, Execution execution) {
		WsServerBuilder builder = WsServer.builder()
			.port(0)
			.sockets(this.sockets)
			.options((some) -> some.address(InetAddress.getLoopbackAddress())
				.eventLoops(1)
				.admission(new AdmissionOptions(2, 1, 0))
				.handshake(new HandshakeOptions(Duration.ofSeconds(2), 8192, 8192, 100))
				.shutdown(new ShutdownOptions(500, Duration.ZERO, Duration.ofSeconds(20))))
			.observer(new Observer())
			.executor(executor())
			.converter((payload) -> {
				pass(Place.CONVERTER);
				return Message.text(payload.toString());
			})
			.handshakeInterceptor((request, next) -> {
				if (request.path().equals("/beside")) {
					return next.proceed(request);
				}
				pass(Place.HANDSHAKE_INTERCEPTOR);
				return next.proceed(request).thenApply((decision) -> {
					pass(Place.DECISION);
					return ((Accept) decision).withPrincipal(() -> "ann");
				});
			})
			.callbackInterceptor(this::count)
			.handler("/victim", new Victim(), EndpointOptions.DEFAULTS.withExecution(execution));
		if (wire != Wire.PLAIN) {
			SSLContext context = new FaultyTls(Wire.CERTIFICATE.trusting(), (call, engine) -> {
				if (engine > 1) { // behind that of the start, and of the session beside
					this.fault.at(place("tls " + call));
				}
			});
			builder.tls(TlsOptions.of(context));
		}
		Beside beside = new Beside();
		WsServer server = builder.handler("/beside", beside, RunningServer.ON_LOOP).start();
		beside.server = server;
		this.server = server;
		return server;
	}

	private Executor executor() {
		return (task) -> {
			pass(Place.EXECUTOR);
			this.pool.execute(() -> {
				pass(Place.DECORATED_TASK);
				task.run();
			});
			pass(Place.EXECUTOR_THAT_HAS_TAKEN_IT);
		};
	}

	private void count(WsSession session, HandlerCallback callback, @Nullable Object argument, CallbackChain next)
			throws Throwable {
		if (callback == HandlerCallback.OPEN) {
			this.opens.merge(session.id(), 1, Integer::sum);
		}
		else if (callback == HandlerCallback.CLOSE) {
			this.closes.merge(session.id(), 1, Integer::sum);
		}
		if (session.endpoint().equals("/victim")) {
			pass(Place.CALLBACK_INTERCEPTOR);
		}
		next.proceed(session, callback, argument);
	}

	/**
	 * A session from beginning to end, unless something is thrown. The one beside it is
	 * served between any two of its steps, and sends to it too.
	 */
	private void victim(WsServer server, Wire wire, RawClient beside) {
		try (RawClient client = connect(server, wire)) {
			client.send(RawClient.head("/victim"));
			if (isAnswered(client, beside)) {
				client.expectSwitch();
			}
			isAnswered(client, beside);
			client.sendText("hello");
			readUntil(client, beside, "HELLO");
			client.sendText("again");
			readUntil(client, beside, "AGAIN");
			client.sendClose(1000);
			if (isAnswered(client, beside)) {
				client.expectEndOfWhatever();
			}
		}
		catch (UncheckedIOException ex) {
			assertThat(this.fault.wasThrown()).as("%s", ex).isTrue();
		}
	}

	private static RawClient connect(WsServer server, Wire wire) {
		return (wire == Wire.PLAIN) ? RawClient.connect(server.port())
				: TlsClient.connect(server.port(), wire.engine(CLIENT)).shakeHands().raw();
	}

	private void readUntil(RawClient client, RawClient beside, String text) {
		while (isAnswered(client, beside) && !client.readText().equals(text)) {
			// what was sent from beside
		}
	}

	/** Waits for an answer; false if something is thrown, as there may be none then. */
	private boolean isAnswered(RawClient client, RawClient beside) {
		beside.expectEcho("beside");
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.pollInterval(Duration.ofMillis(1))
			.until(() -> this.fault.wasThrown() || !client.hasNothing());
		beside.expectEcho("beside again");
		return !this.fault.wasThrown();
	}

	private void expectAsBefore(WsServer server, RawClient beside) {
		Awaitility.await().dontCatchUncaughtExceptions().pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
			assertThat(server.sessions().at("/victim").count()).as("sessions").isZero();
			assertThat(server.sockets()).as("sockets").isEqualTo(1);
			assertThat(server.stats().queuedBytes()).as("queued").isZero();
			assertThat(server.stats().loopsAlive()).as("loops").isEqualTo(1);
			assertThat(this.closes).as("ends").isEqualTo(beginnings());
		});
		assertThat(this.closes.values()).allMatch((count) -> count == 1);
		beside.expectEcho("still here");
		assertThat(beside.hasNothing()).as("nothing else to the session beside").isTrue();
	}

	/** But for the session beside. */
	private Map<String, Integer> beginnings() {
		Map<String, Integer> beginnings = new ConcurrentHashMap<>(this.opens);
		beginnings.keySet().removeIf((id) -> id.equals(this.besideId));
		return beginnings;
	}

	private void expectStop(WsServer server) {
		long start = System.nanoTime();
		server.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		assertThat(this.closes).as("ends").isEqualTo(this.opens);
		assertThat(server.sockets()).as("sockets").isZero();
		assertThat(this.sockets.open()).as("descriptors").isZero();
		Awaitility.await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThat(threads()).isEmpty());
	}

	private List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !this.threadsBefore.contains(thread))
			.map(Thread::getName)
			.filter((name) -> name.startsWith("ws-"))
			.toList();
	}

	private final class Victim implements WsHandler {

		@Override
		public void onOpen(WsSession session) {
			pass(Place.ON_OPEN);
			session.convertAndSend("welcome");
		}

		@Override
		public void onText(WsSession session, String text) {
			pass(Place.ON_TEXT);
			CompletableFuture<Void> sent = session.sendAsync(Message.text(text.toUpperCase(Locale.ROOT)))
				.toCompletableFuture();
			sent.thenRun(() -> pass(Place.DEPENDENT));
		}

		@Override
		public void onClose(WsSession session, CloseStatus status) {
			pass(Place.ON_CLOSE);
		}

	}

	private final class Beside implements WsHandler {

		private volatile @Nullable WsServer server;

		@Override
		public void onOpen(WsSession session) {
			FaultsTest.this.besideId = session.id();
		}

		@Override
		public void onText(WsSession session, String text) {
			WsServer server = this.server;
			if (server != null) {
				server.sessions().at("/victim").stream().forEach((other) -> other.send(TO_VICTIMS));
			}
			session.send(text);
		}

	}

	private final class Observer implements WsServerObserver {

		@Override
		public void handshake(String endpoint, Port port, int status, long nanos) {
			pass(Place.OBSERVER_HANDSHAKE);
		}

		@Override
		public void opened(WsSession session) {
			pass(Place.OBSERVER_OPENED);
		}

		@Override
		public void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
			pass(Place.OBSERVER_CLOSED);
		}

		@Override
		public void handled(String endpoint, HandlerCallback callback, @Nullable Throwable error, long nanos) {
			if (endpoint.equals("/victim")) {
				pass(Place.OBSERVER_HANDLED);
			}
		}

	}

}
