package io.wsboot.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointLimits;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.MessageDelivery;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** An endpoint that is called for three messages of a session at the same time. */
class ConcurrentMessagesTest {

	private static final EndpointOptions THREE = EndpointOptions.DEFAULTS.withExecution(Execution.WORKER)
		.withConcurrency(3);

	private final Blocking handler = new Blocking();

	private final ExecutorService workers = Executors.newCachedThreadPool();

	private @Nullable RunningServer server;

	private RawClient open(EndpointOptions options) {
		this.server = new RunningServer(new RecordingHandler(), (some) -> {
		}, (builder) -> builder.executor(this.workers).handler("/three", this.handler, options));
		return this.server.open("/three");
	}

	@AfterEach
	void stop() {
		this.handler.latches.values().forEach(CountDownLatch::countDown);
		if (this.server != null) {
			this.server.close();
		}
		this.workers.shutdownNow();
	}

	@Test
	void soManyAndNoMoreRunAtOnce() {
		RawClient client = open(THREE);
		client.send(RawClient.textFrame("a"), RawClient.textFrame("b"), RawClient.textFrame("c"),
				RawClient.textFrame("d"), RawClient.textFrame("e"));
		this.handler.awaitRunning(3);
		this.server.pass();
		assertThat(this.handler.begun).containsExactlyInAnyOrder("a", "b", "c");
		this.handler.release("b");
		expectText(client, "b");
		this.handler.awaitBegun("d");
		this.handler.release("d");
		expectText(client, "d");
		this.handler.awaitBegun("e");
		this.handler.release("c");
		expectText(client, "c");
		this.handler.release("a");
		expectText(client, "a");
		this.handler.release("e");
		expectText(client, "e");
		assertThat(this.handler.mostAtOnce).hasValue(3);
	}

	@Test
	void theEndWaitsForAllOfThem() {
		RawClient client = open(THREE);
		client.send(RawClient.textFrame("a"), RawClient.textFrame("b"));
		this.handler.awaitRunning(2);
		client.reset();
		this.server.settle();
		assertThat(this.handler.closed).isEmpty();
		this.handler.release("a");
		this.server.settle();
		assertThat(this.handler.closed).isEmpty();
		this.handler.release("b");
		assertThat(this.handler.next(this.handler.closed)).isEqualTo("1006 with 0 running");
	}

	@Test
	void otherCallbacksNeedNotWait() {
		RawClient client = open(THREE);
		client.send(RawClient.textFrame("a"), RawClient.textFrame("b"), RawClient.textFrame("c"));
		this.handler.awaitRunning(3);
		client.send(RawClient.frame(0x8A, (byte) 7));
		assertThat(this.handler.next(this.handler.pongs)).isEqualTo("pong with 3 running");
	}

	@Test
	void whatWaitsIsBoundedAsEverywhere() {
		RawClient client = open(THREE.withLimits(EndpointLimits.OF_SERVER.withMaxPendingMessages(2)));
		for (int i = 0; i < 50; i++) {
			client.send(RawClient.textFrame("m" + i));
		}
		this.handler.awaitRunning(3);
		for (int i = 0; i < 50; i++) {
			this.handler.awaitBegun("m" + i);
			this.handler.release("m" + i);
			expectText(client, "m" + i);
		}
	}

	@Test
	void anErrorIsTheSessionsAsEver() {
		RawClient client = open(THREE);
		client.send(RawClient.textFrame("fail"));
		this.handler.release("fail");
		client.expectClose(1011);
	}

	/** Whatever the executor refuses is done by the thread that is there. */
	@Test
	void anExecutorWithoutRoomMakesItSlowerOnly() throws Exception {
		ThreadPoolExecutor one = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1),
				(task, pool) -> {
					throw new RejectedExecutionException();
				});
		this.server = new RunningServer(new RecordingHandler(), (some) -> {
		}, (builder) -> builder.executor(one)
			.handler("/three", new RunningServer.Echo(), EndpointOptions.DEFAULTS.withConcurrency(3)));
		RawClient client = this.server.open("/three");
		byte[][] all = new byte[200][];
		for (int i = 0; i < all.length; i++) {
			all[i] = RawClient.textFrame("x");
		}
		client.send(all);
		for (int i = 0; i < all.length; i++) {
			expectText(client, "x");
		}
		this.server.close();
		this.server = null;
		one.shutdown();
		assertThat(one.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void manyMessagesAreAllHandledOnceAndTheEndIsLast() {
		AtomicInteger handled = new AtomicInteger();
		LinkedBlockingQueue<Integer> atTheEnd = new LinkedBlockingQueue<>();
		this.server = new RunningServer(new RecordingHandler(), (some) -> {
		}, (builder) -> builder.executor(this.workers).handler("/three", new WsHandler() {

			@Override
			public void onBinary(WsSession session, ByteBuffer payload) {
				handled.incrementAndGet();
			}

			@Override
			public void onClose(WsSession session, CloseStatus status) {
				atTheEnd.add(handled.get());
			}

		}, THREE));
		for (int round = 0; round < 20; round++) {
			handled.set(0);
			RawClient client = this.server.open("/three");
			byte[][] all = new byte[500][];
			for (int i = 0; i < all.length; i++) {
				all[i] = RawClient.frame(0x82, (byte) 1);
			}
			client.send(all);
			client.closeInOrder();
			assertThat(this.handler.next(atTheEnd)).isEqualTo(500);
		}
	}

	private static void expectText(RawClient client, String text) {
		assertThat(new String(client.readFrame().payload(), StandardCharsets.UTF_8)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void nonsense(int number) {
		assertThatIllegalArgumentException().isThrownBy(() -> EndpointOptions.DEFAULTS.withConcurrency(number))
			.withMessage(number + " messages at the same time");
	}

	@Test
	void partsComeOneAfterTheOther() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EndpointOptions.DEFAULTS.withConcurrency(2).withText(MessageDelivery.inParts(0)))
			.withMessageContaining("in parts or as a stream");
	}

	@Test
	void anEventLoopDoesOneThingAtATime() {
		WsServerBuilder builder = WsServer.builder()
			.port(0)
			.handler("/three", this.handler,
					THREE.withBinary(MessageDelivery.WHOLE.withExecution(Execution.EVENT_LOOP)));
		assertThatIllegalArgumentException().isThrownBy(builder::start)
			.withMessageContaining("at the same time, so all of it needs Execution.WORKER");
	}

	/** Echoes a text when it is released. */
	private static final class Blocking implements WsHandler {

		private final Map<String, CountDownLatch> latches = new ConcurrentHashMap<>();

		private final LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();

		private final LinkedBlockingQueue<String> closed = new LinkedBlockingQueue<>();

		private final LinkedBlockingQueue<String> pongs = new LinkedBlockingQueue<>();

		private final AtomicInteger running = new AtomicInteger();

		private final AtomicInteger mostAtOnce = new AtomicInteger();

		private CountDownLatch latch(String text) {
			return this.latches.computeIfAbsent(text, (key) -> new CountDownLatch(1));
		}

		void release(String text) {
			latch(text).countDown();
		}

		void awaitRunning(int number) {
			Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> this.running.get() == number);
		}

		void awaitBegun(String text) {
			Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> this.begun.contains(text));
		}

		<T> T next(LinkedBlockingQueue<T> queue) {
			try {
				T next = queue.poll(10, TimeUnit.SECONDS);
				assertThat(next).isNotNull();
				return next;
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void onText(WsSession session, String text) throws Exception {
			this.mostAtOnce.accumulateAndGet(this.running.incrementAndGet(), Math::max);
			this.begun.add(text);
			try {
				if (!latch(text).await(10, TimeUnit.SECONDS)) {
					throw new IllegalStateException("not released: " + text);
				}
			}
			finally {
				this.running.decrementAndGet();
			}
			if (text.equals("fail")) {
				throw new IllegalStateException("on purpose");
			}
			session.send(text);
		}

		@Override
		public void onPong(WsSession session, ByteBuffer payload) {
			this.pongs.add("pong with " + this.running.get() + " running");
		}

		@Override
		public void onClose(WsSession session, CloseStatus status) {
			this.closed.add(status.code() + " with " + this.running.get() + " running");
		}

	}

}
