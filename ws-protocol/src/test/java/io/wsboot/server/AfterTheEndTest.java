package io.wsboot.server;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.IncompleteMessageException;
import io.wsboot.MessageDelivery;
import io.wsboot.SendResult;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Frame;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.loop.LoopThread;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Once the application or the server has ended a session, nothing that waits reaches its
 * handler but {@code onClose}.
 */
class AfterTheEndTest {

	private static final int SIZE = 64 * 1024;

	/** Who ends a session while a callback of it runs. */
	private enum End {

		CALLBACK(4401), FAILURE(1011), UNREADABLE(1007), UNSUPPORTED(1003), OTHER_THREAD(4402), SESSIONS(4403),
		STOP(1001), EXPIRY(4404), LIFETIME(1001), RATE(1008), CONTROL_RATE(1008), SHEDDING(1013), OVERFLOW(1013);

		final int code;

		End(int code) {
			this.code = code;
		}

		/** Whether the callback that runs does it itself. */
		boolean isWithin() {
			return compareTo(UNSUPPORTED) <= 0;
		}

	}

	/** What waits for the handler then. */
	private enum Waiting {

		TEXT, BINARY, PARTS, STREAM, PONG, TASK

	}

	private final CountDownLatch gate = new CountDownLatch(1);

	private final LinkedBlockingQueue<String> calls = new LinkedBlockingQueue<>();

	private volatile @Nullable WsSession session;

	private @Nullable RunningServer server;

	private @Nullable ExecutorService executor;

	@AfterEach
	void stop() throws Exception {
		this.gate.countDown();
		if (this.server != null) {
			this.server.close();
		}
		if (this.executor != null) {
			this.executor.shutdown();
			assertThat(this.executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	private class Told implements WsHandler {

		private final @Nullable End end;

		Told(@Nullable End end) {
			this.end = end;
		}

		@Override
		public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
			return CompletableFuture.completedFuture((this.end == End.EXPIRY)
					? HandshakeDecision.accept().withExpiry(Duration.ofSeconds(30), CloseStatus.of(4404))
					: HandshakeDecision.accept());
		}

		@Override
		public void onOpen(WsSession session) {
			AfterTheEndTest.this.session = session;
			AfterTheEndTest.this.calls.add("open");
		}

		@Override
		public void onText(WsSession session, String text) throws Exception {
			AfterTheEndTest.this.calls.add("text " + text);
			if (text.equals("first")) {
				if (LoopThread.mayWait()) {
					assertThat(AfterTheEndTest.this.gate.await(20, TimeUnit.SECONDS)).isTrue();
				}
				switch (Objects.requireNonNull(this.end)) {
					case CALLBACK -> session.close(CloseStatus.of(4401));
					case FAILURE -> throw new IllegalStateException("on purpose");
					case UNREADABLE -> session.close(CloseStatus.INVALID_PAYLOAD);
					case UNSUPPORTED -> WsHandler.super.onText(session, text);
					default -> session.send("done");
				}
			}
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			AfterTheEndTest.this.calls.add("binary");
		}

		@Override
		public void onBinaryPart(WsSession session, ByteBuffer part, boolean last) {
			AfterTheEndTest.this.calls.add("part");
		}

		@Override
		public void onBinaryStream(WsSession session, InputStream message) throws Exception {
			AfterTheEndTest.this.calls.add("stream " + message.read());
			assertThat(AfterTheEndTest.this.gate.await(20, TimeUnit.SECONDS)).isTrue();
			AfterTheEndTest.this.calls.add("then " + message.read());
		}

		@Override
		public void onPong(WsSession session, ByteBuffer payload) {
			AfterTheEndTest.this.calls.add("pong");
		}

		@Override
		public void onDrained(WsSession session) {
			AfterTheEndTest.this.calls.add("drained");
		}

		@Override
		public void onDropped(WsSession session, int messages) {
			AfterTheEndTest.this.calls.add("dropped");
		}

		@Override
		public void onError(WsSession session, Throwable error) throws Throwable {
			if (error instanceof IncompleteMessageException incomplete) {
				AfterTheEndTest.this.calls.add("broken off " + incomplete.closeStatus().code());
			}
			throw error;
		}

		@Override
		public void onClose(WsSession session, CloseStatus status) {
			AfterTheEndTest.this.calls.add("close " + status.code());
		}

	}

	private RunningServer start(HandlerThreads threads, End end, Waiting waiting) {
		ExecutorService workers = threads.executor();
		this.executor = workers;
		EndpointOptions options = switch (waiting) {
			case PARTS -> threads.options.withBinary(MessageDelivery.inParts(0));
			case STREAM -> threads.options.withBinary(MessageDelivery.asStream(0));
			default -> threads.options;
		};
		int queued = (end == End.SHEDDING) ? 1 << 30 : 16 * SIZE;
		RunningServer server = new RunningServer(new RecordingHandler(),
				(some) -> some.inbound(new InboundOptions(256, 1 << 20, (end == End.RATE) ? 10 : 0, 10))
					.maxLifetime((end == End.LIFETIME) ? Duration.ofSeconds(30) : Duration.ZERO)
					.outbound(new OutboundOptions(queued, queued, OverflowPolicy.CLOSE, Duration.ZERO,
							(end == End.SHEDDING) ? 4 * SIZE : 0)),
				(builder) -> builder.executor(workers).handler("/under-test", new Told(end), options));
		this.server = server;
		return server;
	}

	static Stream<Arguments> matrix() {
		return HandlerThreads.all()
			.flatMap((threads) -> Stream.of(End.values())
				.flatMap((end) -> Stream.of(Waiting.values())
					.filter((waiting) -> isPossible(end, waiting, threads))
					.map((waiting) -> arguments(end, waiting, threads))));
	}

	private static boolean isPossible(End end, Waiting waiting, HandlerThreads threads) {
		return switch (threads) {
			// nothing can happen there while a callback runs
			case LOOP -> end.isWithin() && waiting != Waiting.TASK && waiting != Waiting.STREAM;
			case TEXT_ON_LOOP -> end.isWithin() && waiting != Waiting.TASK;
			case TEXT_ON_WORKER -> waiting != Waiting.STREAM;
			case CONCURRENT -> waiting == Waiting.TEXT || waiting == Waiting.BINARY;
			default -> true;
		};
	}

	@ParameterizedTest(name = "{0}, {1} waits, {2}")
	@MethodSource("matrix")
	void nothingThatWaitsReachesTheHandler(End end, Waiting waiting, HandlerThreads threads) throws Exception {
		RunningServer server = start(threads, end, waiting);
		RawClient client = server.openWithSmallWindow("/under-test");
		expect("open");
		server.pass();
		byte[] first = RawClient.textFrame("first");
		int running = threads.options.concurrency();
		client.send(RawClient.join(Stream.generate(() -> first).limit(running).toArray(byte[][]::new)),
				switch (waiting) {
					case TEXT -> RawClient.textFrame("late");
					case BINARY, PARTS, STREAM -> RawClient.frame(0x82, (byte) 1);
					case PONG -> RawClient.frame(0x8A, (byte) 1);
					case TASK -> new byte[0];
				});
		for (int i = 0; i < running; i++) {
			expect("text first");
		}
		WsSession session = Objects.requireNonNull(this.session);
		if (waiting == Waiting.TASK) {
			session.execute((open) -> this.calls.add("task"));
		}
		server.settle();
		end(end, server, session, client);
		this.gate.countDown();
		if (end != End.SHEDDING) { // which may drop the connection right after
			expectClose(client, end.code);
		}
		client.close();
		expect("close " + end.code);
		assertThat(this.calls).isEmpty();
	}

	private static void expectClose(RawClient client, int code) {
		Frame frame = client.readFrame();
		while (frame.opcode() != RawClient.CLOSE) {
			frame = client.readFrame();
		}
		assertThat(frame.closeCode()).isEqualTo(code);
	}

	private void end(End end, RunningServer server, WsSession session, RawClient client) {
		switch (end) {
			case OTHER_THREAD -> session.close(CloseStatus.of(4402));
			case SESSIONS -> server.server.sessions().at("/under-test").close(CloseStatus.of(4403));
			case STOP -> server.server.stop();
			case EXPIRY, LIFETIME -> server.advance(Duration.ofSeconds(31));
			case RATE, CONTROL_RATE -> {
				byte[] frame = RawClient.frame((end == End.RATE) ? 0x82 : 0x89, (byte) 1);
				client.send(Stream.generate(() -> frame).limit(11).toArray(byte[][]::new));
			}
			case SHEDDING, OVERFLOW -> {
				while (session.isOpen()) {
					session.send(ByteBuffer.allocate(2 * SIZE));
					server.pass();
				}
			}
			default -> {
				return; // it is the callback that does it
			}
		}
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> !session.isOpen());
	}

	/** On a loop what happens because of a callback waits until that has returned. */
	@Test
	void whatACallbackOnTheLoopHasCausedIsNotToldIfItCloses() throws Exception {
		this.executor = null;
		RunningServer server = new RunningServer(new Told(null) {

			@Override
			public void onText(WsSession session, String text) {
				while (session.send(ByteBuffer.allocate(SIZE)) != SendResult.DROPPED) {
					// on until there is something to tell
				}
				if (text.equals("close")) {
					session.close(CloseStatus.of(4401));
				}
			}

		}, (some) -> some.outbound(new OutboundOptions(2 * SIZE, SIZE, OverflowPolicy.DROP_NEWEST, Duration.ZERO)));
		this.server = server;
		RawClient client = server.openWithSmallWindow("/loop");
		expect("open");
		client.sendText("go on");
		expect("dropped");
		client.sendText("close");
		server.settle();
		assertThat(this.calls).isEmpty();
		client.reset();
		expect("close 4401");
	}

	/** The parts that are there are not read any more, nor waited for. */
	@ParameterizedTest
	@EnumSource(names = { "POOL", "VIRTUAL" })
	void aStreamThatIsReadEndsWithTheStatus(HandlerThreads threads) throws Exception {
		Assumptions.assumeTrue(HandlerThreads.all().anyMatch((each) -> each == threads));
		RunningServer server = start(threads, End.OTHER_THREAD, Waiting.STREAM);
		RawClient client = server.open("/under-test");
		expect("open");
		client.send(RawClient.frame(0x02, (byte) 1));
		expect("stream 1");
		client.send(RawClient.frame(0x00, (byte) 2));
		server.settle();
		Objects.requireNonNull(this.session).close(CloseStatus.of(4402));
		client.expectClose(4402);
		this.gate.countDown();
		expect("broken off 4402");
		client.sendClose(1000);
		client.expectEof();
		expect("close 4402");
	}

	private String next() throws InterruptedException {
		String next = this.calls.poll(10, TimeUnit.SECONDS);
		assertThat(next).as("a callback").isNotNull();
		return Objects.requireNonNull(next);
	}

	private void expect(String call) throws InterruptedException {
		assertThat(next()).isEqualTo(call);
	}

}
