package io.wsboot.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.server.RawClient.Response;
import io.wsboot.server.spi.HandshakeChain;
import io.wsboot.server.spi.HandshakeInterceptor;
import io.wsboot.server.spi.WsServerObserver;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handshakes while callbacks keep all workers busy: those that need none go on, and the
 * others are told to come later before their time is over.
 */
class HandshakeWorkerTest {

	private static final EndpointOptions WORKER = EndpointOptions.DEFAULTS.withExecution(Execution.WORKER);

	private final CountDownLatch busy = new CountDownLatch(1);

	private final ExecutorService oneWorker = Executors
		.newSingleThreadExecutor((task) -> new Thread(task, "the-worker"));

	private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

	private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

	private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();

	private final Handler log = new Handler() {

		@Override
		public void publish(LogRecord line) {
			if (line.getMessage().contains("no worker was free")
					|| line.getMessage().contains("the executor of handlers fails")) {
				HandshakeWorkerTest.this.logged.add(line.getLevel() + " " + line.getMessage());
			}
		}

		@Override
		public void flush() {
			// nothing is kept
		}

		@Override
		public void close() {
			// nothing is open
		}

	};

	private @Nullable RunningServer server;

	/** Accepts all, as does one without the method. */
	private final class Judging implements WsHandler {

		@Override
		public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
			HandshakeWorkerTest.this.asked.add(Thread.currentThread().getName());
			return CompletableFuture.completedFuture(HandshakeDecision.accept());
		}

	}

	private RunningServer start(Consumer<WsServerBuilder> more) {
		Logger.getLogger("io.wsboot.server").addHandler(this.log);
		RunningServer server = new RunningServer(new RecordingHandler(), (options) -> {
		}, (builder) -> {
			builder.executor(this.oneWorker)
				.observer(new Observer())
				.handler("/plain", new RunningServer.Echo(), WORKER)
				.handler("/judging", new Judging(), WORKER)
				.handler("/judging/loop", new Judging(), RunningServer.ON_LOOP)
				.handler("/promised", new Judging(), WORKER.withHandshakeExecution(Execution.EVENT_LOOP))
				.handler("/loop/worker", new Judging(), RunningServer.ON_LOOP.withHandshakeExecution(Execution.WORKER));
			more.accept(builder);
		});
		this.server = server;
		return server;
	}

	private RunningServer startBusy(Consumer<WsServerBuilder> more) {
		RunningServer server = start(more);
		this.oneWorker.execute(() -> {
			try {
				this.busy.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		return server;
	}

	private final class Observer implements WsServerObserver {

		@Override
		public void handshake(String endpoint, Port port, int status, long nanos) {
			if (status != 101) {
				HandshakeWorkerTest.this.told.add(endpoint + " " + status);
			}
		}

		@Override
		public void error(ErrorKind kind) {
			if (kind == ErrorKind.NO_WORKER) {
				HandshakeWorkerTest.this.told.add(kind.name());
			}
		}

	}

	@AfterEach
	void stop() {
		Logger.getLogger("io.wsboot.server").removeHandler(this.log);
		this.busy.countDown();
		if (this.server != null) {
			this.server.close();
		}
		this.oneWorker.shutdown();
	}

	private static void expectLater(RawClient client) {
		Response response = client.readResponse();
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.headers()).containsKey("retry-after");
		client.expectEof();
		client.close();
	}

	@ParameterizedTest
	@CsvSource({ "/plain,", "/promised, ws-loop-0", "/judging/loop, ws-loop-0" })
	void needNoWorkerWithoutCodeThatMayBlock(String path, @Nullable String thread) {
		RunningServer server = startBusy((builder) -> {
		});
		server.open(path);
		assertThat(List.copyOf(this.asked)).isEqualTo((thread != null) ? List.of(thread) : List.of());
		assertThat(this.told).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/judging", "/loop/worker" })
	void codeThatMayBlockRunsOnAWorker(String path) {
		RunningServer server = start((builder) -> {
		});
		RawClient client = server.open(path);
		assertThat(this.asked).containsExactly("the-worker");
		client.reset();
		server.expectNothingLeft();
	}

	@ParameterizedTest
	@CsvSource({ "0, 5", "6, 8" })
	void areToldToComeLaterAfterHalfOfTheTimeThatIsLeft(int headAfter, int answerAfter) {
		RunningServer server = startBusy((builder) -> {
		});
		RawClient client = server.connect();
		server.settle();
		server.advance(Duration.ofSeconds(headAfter));
		client.send(RawClient.head("/judging"));
		server.settle();
		server.advance(Duration.ofSeconds(answerAfter - headAfter).minusMillis(100));
		assertThat(client.hasNothing()).isTrue();
		assertThat(server.server.stats().workersBusy()).isZero();
		server.advance(Duration.ofMillis(200));
		expectLater(client);
		assertThat(this.told).containsExactly("NO_WORKER", "/judging 503");
		assertThat(server.server.stats().handshakesWithoutWorker()).isOne();
		assertThat(server.server.stats().refused()).isOne();
		server.advance(Duration.ofSeconds(60));
		assertThat(server.server.stats().workersBusy()).isBetween(Duration.ofSeconds(61), Duration.ofSeconds(66));
		assertThat(this.asked).isEmpty();
		server.expectNothingLeft();
		this.busy.countDown();
		Awaitility.await().until(() -> server.server.stats().workersBusy().isZero());
		server.open("/judging").reset();
		assertThat(this.asked).containsExactly("the-worker"); // not about the one before
		assertThat(server.server.stats().handshakesWithoutWorker()).isOne();
	}

	@Test
	void theLogSaysSoOnceInAWhile() {
		RunningServer server = startBusy((builder) -> {
		});
		for (int i = 0; i < 3; i++) {
			for (int j = 0; j < 3; j++) {
				server.connect().send(RawClient.head("/judging"));
			}
			server.settle();
			server.advance(Duration.ofSeconds(6));
		}
		assertThat(server.server.stats().handshakesWithoutWorker()).isEqualTo(9);
		assertThat(this.logged).hasSize(2)
			.allMatch((line) -> line.startsWith("WARNING no worker was free for ") && line.contains("/judging"));
	}

	@Test
	void interceptorsNeedOneUnlessTheySayOtherwise() {
		RunningServer server = startBusy((builder) -> builder.handshakeInterceptor((request, next) -> {
			this.asked.add("interceptor");
			return next.proceed(request);
		}));
		RawClient client = server.connect();
		client.send(RawClient.head("/plain"));
		server.advance(Duration.ofSeconds(6));
		expectLater(client);
		// one call is that of the canary, whose endpoint is on the loop
		assertThat(this.told).containsExactly("NO_WORKER", "/plain 503");
	}

	@Test
	void interceptorsThatNeedNoneGoOn() {
		RunningServer server = startBusy((builder) -> builder.handshakeInterceptor(new HandshakeInterceptor() {

			@Override
			public CompletionStage<HandshakeDecision> intercept(HandshakeRequest request, HandshakeChain next)
					throws Exception {
				HandshakeWorkerTest.this.asked.add(Thread.currentThread().getName());
				return next.proceed(request);
			}

			@Override
			public boolean needsWorker() {
				return false;
			}

		}));
		server.open("/plain");
		assertThat(this.asked).containsExactly("ws-loop-0");
	}

	/** On an event loop, from which it goes on on a worker. */
	@Test
	void interceptorsThatAskForOneLaterWaitNoLonger() {
		RunningServer server = startBusy((builder) -> builder
			.handshakeInterceptor((request, next) -> request.path().equals("/echo") ? next.proceed(request)
					: CompletableFuture.supplyAsync(HandshakeDecision::accept, next.executor())));
		RawClient client = server.connect();
		client.send(RawClient.head("/judging/loop"));
		server.advance(Duration.ofMillis(4900));
		assertThat(client.hasNothing()).isTrue();
		server.advance(Duration.ofMillis(200));
		expectLater(client);
		assertThat(this.told).containsExactly("NO_WORKER", "/judging/loop 503");
		this.busy.countDown();
		RawClient later = server.open("/judging/loop");
		later.reset();
		server.expectNothingLeft();
	}

	@Test
	void areToldAtOnceIfTheExecutorRejectsThem() {
		RunningServer server = start((builder) -> builder.executor((task) -> {
			throw new RejectedExecutionException();
		}));
		RawClient client = server.connect();
		client.send(RawClient.head("/judging"));
		expectLater(client);
		assertThat(this.told).containsExactly("NO_WORKER", "/judging 503");
		server.open("/judging/loop").reset();
		server.expectNothingLeft();
	}

	@Test
	void theLogSaysOnceInAWhileThatTheExecutorFails() {
		RunningServer server = start((builder) -> builder.executor((task) -> {
			throw new IllegalStateException("no thread");
		}));
		for (int i = 0; i < 3; i++) {
			for (int j = 0; j < 3; j++) {
				RawClient client = server.connect();
				client.send(RawClient.head("/judging"));
				expectLater(client);
			}
			server.settle();
			server.advance(Duration.ofSeconds(6));
		}
		assertThat(server.server.stats().handshakesWithoutWorker()).isEqualTo(9);
		assertThat(this.logged).filteredOn((line) -> line.equals("SEVERE the executor of handlers fails")).hasSize(2);
		server.expectNothingLeft();
	}

}
