package io.wsboot.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.MessageDroppedException;
import io.wsboot.SendResult;
import io.wsboot.StreamedMessage;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Frame;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.spi.WsServerStats;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A peer that does not read, and a handler that does not come to an end.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource
class FlowControlTest {

	@Parameter
	private Wire wire;

	private static final int SIZE = 16 * 1024;

	private final RecordingHandler handler = new RecordingHandler();

	private RunningServer start(OverflowPolicy policy) {
		return start(policy, this.handler);
	}

	private RunningServer start(OverflowPolicy policy, WsHandler handler) {
		return this.wire.start(handler,
				(options) -> options.pingInterval(Duration.ZERO)
					.inbound(new InboundOptions(4, 1 << 20, 0, 1000))
					.outbound(new OutboundOptions(10 * SIZE, 4 * SIZE, policy, Duration.ofSeconds(30))));
	}

	private static Message numbered(int number) {
		return Message.binary(ByteBuffer.allocate(SIZE).putInt(0, number));
	}

	/** Sends until bytes wait that the socket does not take; how many messages. */
	private static int fill(WsSession session) {
		int sent = 0;
		do {
			while (session.send(numbered(sent)) == SendResult.QUEUED) {
				sent++;
			}
			sent++;
			awaitStandstill(session::queuedBytes); // buffers of the system may grow
		}
		while (session.queuedBytes() <= 4 * SIZE);
		return sent;
	}

	/** The numbers of the messages up to one, with other frames left out. */
	private static List<Integer> numbers(RawClient client, int last) {
		List<Integer> numbers = new ArrayList<>();
		while (numbers.isEmpty() || numbers.get(numbers.size() - 1) != last) {
			Frame frame = client.readFrame();
			assertThat(frame.opcode()).as("%s", frame).isNotEqualTo(RawClient.CLOSE);
			if (frame.opcode() == RawClient.BINARY) {
				assertThat(frame.payload()).hasSize(SIZE);
				numbers.add(ByteBuffer.wrap(frame.payload()).getInt());
			}
		}
		return numbers;
	}

	@Nested
	class Overflow {

		@Test
		void closesWith1013AtAFrameBorder() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				int sent = fill(session);
				while (session.send(numbered(sent)) == SendResult.CONGESTED) {
					sent++;
				}
				assertThat(session.isOpen()).isFalse();
				assertThat(session.send("more")).isEqualTo(SendResult.CLOSED);
				int read = 0;
				Frame frame = client.readFrame();
				while (frame.opcode() == RawClient.BINARY) {
					assertThat(ByteBuffer.wrap(frame.payload()).getInt()).isEqualTo(read++);
					frame = client.readFrame();
				}
				assertThat(frame.closeCode()).isEqualTo(1013);
				assertThat(read).as("messages given up").isLessThan(sent - 5);
				client.sendClose(1013);
				client.expectEof();
			}
			assertThat(handler.next().what()).isIn("close 1013", "drained");
		}

		@Test
		void dropsTheOldest() {
			try (RunningServer server = start(OverflowPolicy.DROP_OLDEST)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				int last = fill(session);
				for (int drops = 0; drops < 21; last++) {
					// the system may yet take some
					drops += (session.send(numbered(last)) == SendResult.DROPPED) ? 1 : 0;
				}
				last--;
				Awaitility.await().until(() -> session.queuedBytes() <= 10 * SIZE); // if
																					// the
																					// loop
																					// drops
				List<Integer> read = numbers(client, last);
				List<Integer> gap = new ArrayList<>();
				for (int i = 0; i <= last; i++) {
					if (!read.contains(i)) {
						gap.add(i);
					}
				}
				assertThat(read).isSorted().doesNotHaveDuplicates();
				assertThat(gap).hasSize(21);
				assertThat(gap.get(20)).as("the newest of them").isLessThan(last - 5);
				assertThat(dropped(21)).isEqualTo(21);
				assertThat(session.isOpen()).isTrue();
			}
		}

		@Test
		void dropsTheNewest() {
			try (RunningServer server = start(OverflowPolicy.DROP_NEWEST)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				int next = fill(session);
				for (int drops = 0; drops < 21;) {
					// the system may yet take some
					if (session.send(numbered(next)) == SendResult.DROPPED) {
						drops++;
					}
					else {
						next++;
					}
				}
				CompletableFuture<Void> last = session.sendAsync(numbered(next)).toCompletableFuture();
				while (!last.isCompletedExceptionally()) {
					next++;
					last = session.sendAsync(numbered(next)).toCompletableFuture();
				}
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(last::get)
					.withCauseInstanceOf(MessageDroppedException.class);
				assertThat(numbers(client, next - 1)).hasSize(next);
				assertThat(dropped(22)).isEqualTo(22);
				Awaitility.await().until(() -> session.queuedBytes() == 0);
				session.send(numbered(next));
				assertThat(numbers(client, next)).hasSize(1);
			}
		}

		private int dropped(int expected) {
			int sum = 0;
			while (sum < expected) {
				String what = handler.next().what();
				if (!what.equals("drained")) {
					assertThat(what).startsWith("dropped ");
					sum += Integer.parseInt(what.substring(8));
				}
			}
			return sum;
		}

		@Test
		void blocksAWorkerUntilThereIsRoom() throws Exception {
			try (RunningServer server = start(OverflowPolicy.BLOCK)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				int messages = fill(session) + 200;
				AtomicInteger sent = new AtomicInteger(messages - 200);
				Thread sender = new Thread(() -> {
					while (sent.get() < messages) {
						session.send(numbered(sent.getAndIncrement()));
					}
				});
				sender.start();
				Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
				assertThat(sent.get()).isLessThan(messages);
				assertThat(numbers(client, messages - 1)).hasSize(messages).isSorted();
				sender.join(10_000);
				assertThat(sender.isAlive()).isFalse();
			}
		}

		/** It would wait for what waits for itself to finish. */
		@Test
		void doesNotBlockAThreadInTheMiddleOfAMessage() {
			try (RunningServer server = start(OverflowPolicy.BLOCK)) {
				RawClient client = server.open("/");
				WsSession session = handler.expectOpen();
				StreamedMessage<CharSequence> message = session.streamText();
				message.send("begun");
				int sent = 0;
				while (session.send(numbered(sent)) != SendResult.CLOSED) {
					sent++;
				}
				assertThat(sent).isEqualTo(9);
				Frame frame = client.readFrame();
				assertThat(frame.text()).isEqualTo("begun");
				assertThat(client.readFrame().closeCode()).isEqualTo(1013);
			}
		}

		@Test
		void letsABlockedWorkerGoWhenTheConnectionIsLost() throws Exception {
			try (RunningServer server = start(OverflowPolicy.BLOCK)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				fill(session);
				AtomicInteger closed = new AtomicInteger();
				Thread sender = new Thread(() -> {
					while (session.send(numbered(0)) != SendResult.CLOSED) {
						// until it is
					}
					closed.incrementAndGet();
				});
				sender.start();
				Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
				client.reset();
				sender.join(10_000);
				assertThat(closed.get()).isOne();
				server.expectNothingLeft();
			}
		}

		/** One peer that does not read must not keep a broadcast from the others. */
		@Test
		void doesNotHoldUpOthersOfABlockedBroadcast() throws Exception {
			try (RunningServer server = start(OverflowPolicy.BLOCK)) {
				RawClient slow = server.openWithSmallWindow("/");
				WsSession slowOne = handler.expectOpen();
				List<RawClient> others = new ArrayList<>();
				for (int i = 0; i < 10; i++) {
					others.add(server.open("/"));
					handler.expectOpen();
				}
				fill(slowOne);
				Thread sender = new Thread(() -> {
					while (slowOne.isOpen()) { // until there is no room for another
						server.server.sessions().broadcast(numbered(7));
					}
				});
				sender.start();
				Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
				for (RawClient other : others) {
					other.sendPing("p");
					Frame frame = other.readFrame();
					assertThat(frame.opcode()).isIn(RawClient.PONG, RawClient.BINARY);
				}
				slow.reset();
				sender.join(10_000);
				assertThat(sender.isAlive()).isFalse();
			}
		}

		@Test
		void onAnEventLoopClosesEvenIfItShouldBlock() {
			try (RunningServer server = start(OverflowPolicy.BLOCK, new RecordingHandler((session, what) -> {
				if (what.startsWith("text")) {
					SendResult result = SendResult.QUEUED;
					for (int i = 0; result != SendResult.CLOSED; i++) {
						result = session.send(numbered(i));
					}
				}
			}))) {
				RawClient client = server.openWithSmallWindow("/loop");
				client.sendText("fill");
				Frame frame = client.readFrame();
				while (frame.opcode() == RawClient.BINARY) {
					frame = client.readFrame();
				}
				assertThat(frame.closeCode()).isEqualTo(1013);
			}
		}

	}

	@Nested
	class Congestion {

		@Test
		void isToldAndItsEndToo() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				int sent = fill(session);
				assertThat(session.queuedBytes()).isGreaterThan(4 * SIZE);
				numbers(client, sent - 1);
				handler.expect("drained");
				assertThat(session.queuedBytes()).isLessThanOrEqualTo(2 * SIZE);
				assertThat(session.send("x")).isEqualTo(SendResult.QUEUED);
			}
		}

		/** However quickly the socket takes what was too much. */
		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void isNeverToldWithoutItsEnd(String path) throws Exception {
			CountDownLatch done = new CountDownLatch(1);
			WsHandler producer = new WsHandler() {

				private int left = 300;

				@Override
				public void onText(WsSession session, String text) {
					session.sendAsync(Message.text("begin")).thenRun(() -> onDrained(session));
				}

				@Override
				public void onDrained(WsSession session) {
					while (this.left > 0) {
						this.left--;
						if (session.send(numbered(this.left)) == SendResult.CONGESTED) {
							return;
						}
					}
					done.countDown();
				}

			};
			try (RunningServer server = start(OverflowPolicy.CLOSE, producer)) {
				RawClient client = server.open(path);
				client.sendText("go");
				assertThat(client.readText()).isEqualTo("begin");
				assertThat(numbers(client, 0)).hasSize(300);
				assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void stopsReadingUntilItIsOver(String path) {
			AtomicInteger received = new AtomicInteger();
			try (RunningServer server = wire.start(new WsHandler() {

				@Override
				public void onBinary(WsSession session, ByteBuffer payload) {
					received.incrementAndGet();
					session.send(payload);
				}

			}, (options) -> options.pingInterval(Duration.ZERO)
				.inbound(new InboundOptions(4, 1 << 20, 0, 1000))
				// room for one buffer of the loop's that has been read, and is replied to
				.outbound(new OutboundOptions(12 * SIZE, 4 * SIZE, OverflowPolicy.CLOSE, Duration.ZERO)))) {
				RawClient client = server.openWithSmallWindow(path);
				int messages = 3000; // 48 MB: more than all buffers on the way hold
				Thread sender = new Thread(() -> {
					for (int i = 0; i < messages; i++) {
						client.send(RawClient.frame(0x82, bytes(i)));
					}
				});
				sender.start();
				Awaitility.await().until(() -> received.get() > 0);
				awaitStandstill(received::get);
				assertThat(received.get()).isLessThan(messages);
				assertThat(numbers(client, messages - 1)).hasSize(messages).isSorted();
			}
		}

		/** A worker must not make more replies than may wait before the loop comes by. */
		@Test
		void holdsAWorkerEvenIfTheLoopHasNotSeenIt() throws Exception {
			CountDownLatch work = new CountDownLatch(1);
			CompletableFuture<Void> loop = new CompletableFuture<>();
			AtomicInteger received = new AtomicInteger();
			try (RunningServer server = wire.start(new WsHandler() {

				@Override
				public void onBinary(WsSession session, ByteBuffer payload) throws Exception {
					work.await();
					received.incrementAndGet();
					session.send(payload);
				}

			}, (options) -> options.inbound(new InboundOptions(100, 1 << 20, 0, 1000))
				.outbound(new OutboundOptions(12 * SIZE, 4 * SIZE, OverflowPolicy.CLOSE, Duration.ZERO)))) {
				RawClient client = server.open("/");
				int messages = 30;
				for (int i = 0; i < messages; i++) {
					client.send(RawClient.frame(0x82, bytes(i)));
				}
				var stats = server.server.stats().endpoints().get(0);
				Awaitility.await()
					.until(() -> stats.messages(WsServerStats.Direction.IN,
							WsServerStats.MessageType.BINARY) == messages);
				server.server.loops().get(0).execute(loop.completeOnTimeout(null, 10, TimeUnit.SECONDS)::join);
				work.countDown();
				Awaitility.await().until(() -> received.get() > 0);
				awaitStandstill(received::get);
				assertThat(received.get()).isLessThan(messages);
				assertThat(loop.complete(null)).as("the loop stood still until now").isTrue();
				assertThat(numbers(client, messages - 1)).hasSize(messages).isSorted();
			}
		}

		private static byte[] bytes(int number) {
			return ByteBuffer.allocate(SIZE).putInt(0, number).array();
		}

	}

	/** Until a count has not changed for a while. */
	private static void awaitStandstill(LongSupplier count) {
		AtomicLong last = new AtomicLong(-1);
		AtomicInteger same = new AtomicInteger();
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
			long now = count.getAsLong();
			same.set((last.getAndSet(now) == now) ? same.get() + 1 : 0);
			return same.get() >= 20;
		});
	}

	@Nested
	class Pending {

		@Test
		void messagesForASlowHandlerAreBoundedAndGoOnAtHalf() throws Exception {
			CountDownLatch release = new CountDownLatch(1);
			AtomicInteger received = new AtomicInteger();
			AtomicInteger closed = new AtomicInteger();
			WsHandler slow = new WsHandler() {

				@Override
				public void onText(WsSession session, String text) throws Exception {
					release.await();
					assertThat(Integer.parseInt(text)).isEqualTo(received.getAndIncrement());
				}

				@Override
				public void onClose(WsSession session, CloseStatus status) {
					closed.incrementAndGet();
				}

			};
			try (RunningServer server = wire.start(slow,
					(options) -> options.inbound(new InboundOptions(8, 1 << 20, 0, 1000)))) {
				RawClient client = server.open("/");
				for (int i = 0; i < 100; i++) {
					client.sendText(Integer.toString(i));
				}
				var stats = server.server.stats().endpoints().get(0);
				Awaitility.await().until(() -> in(stats) >= 7);
				server.settle();
				assertThat(in(stats)).isBetween(7L, 9L);
				client.sendPing("not read either");
				server.settle();
				assertThat(client.hasNothing()).isTrue();
				release.countDown();
				assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
				client.closeInOrder();
				Awaitility.await().until(() -> closed.get() == 1);
				assertThat(received.get()).isEqualTo(100);
			}
		}

		@Test
		void theirBytesAreBoundedToo() throws Exception {
			CountDownLatch release = new CountDownLatch(1);
			AtomicInteger received = new AtomicInteger();
			try (RunningServer server = new RunningServer(new WsHandler() {

				@Override
				public void onText(WsSession session, String text) throws Exception {
					release.await();
					received.incrementAndGet();
				}

			}, (options) -> options.inbound(new InboundOptions(1000, 8, 0, 1000)))) {
				RawClient client = server.open("/");
				for (int i = 0; i < 30; i++) {
					client.sendText("é"); // two bytes, of which the fourth fills it
				}
				var stats = server.server.stats().endpoints().get(0);
				Awaitility.await().until(() -> in(stats) >= 4);
				server.settle();
				assertThat(in(stats)).isEqualTo(4);
				release.countDown();
				Awaitility.await().until(() -> received.get() == 30);
			}
		}

		private static long in(WsServerStats.EndpointStats stats) {
			return stats.messages(WsServerStats.Direction.IN, WsServerStats.MessageType.TEXT);
		}

		@Test
		void aSocketThatIsNotReadBlocksItsSender() throws Exception {
			CountDownLatch release = new CountDownLatch(1);
			AtomicInteger received = new AtomicInteger();
			try (RunningServer server = wire.start(new WsHandler() {

				@Override
				public void onBinary(WsSession session, ByteBuffer payload) throws Exception {
					release.await();
					received.incrementAndGet();
				}

			}, (options) -> options.inbound(new InboundOptions(4, 1 << 20, 0, 1000)))) {
				RawClient client = server.open("/");
				AtomicInteger sent = new AtomicInteger();
				Thread sender = new Thread(() -> {
					for (int i = 0; i < 400; i++) {
						client.send(RawClient.frame(0x82, new byte[200_000]));
						sent.incrementAndGet();
					}
				});
				sender.start();
				awaitStandstill(sent::get);
				assertThat(sent.get()).isLessThan(400);
				release.countDown();
				sender.join(20_000);
				Awaitility.await().until(() -> received.get() == 400);
			}
		}

	}

	@Test
	void aPeerThatTakesNothingIsDroppedAtTheStallTimeout() {
		try (RunningServer server = start(OverflowPolicy.DROP_NEWEST)) {
			server.openWithSmallWindow("/");
			WsSession session = this.handler.expectOpen();
			fill(session);
			server.advance(Duration.ofSeconds(30).minusNanos(1));
			assertThat(server.server.sockets()).isOne();
			server.advance(ManualClock.TICK);
			String what = this.handler.next().what();
			assertThat(what.equals("drained") ? this.handler.next().what() : what).isEqualTo("close 1006");
			server.expectNothingLeft();
		}
	}

	@Test
	void onlyTheNewestPongWaitsBehindABlockedSocket() {
		try (RunningServer server = start(OverflowPolicy.DROP_NEWEST)) {
			RawClient client = server.openWithSmallWindow("/");
			WsSession session = this.handler.expectOpen();
			int sent = fill(session);
			for (int i = 0; i < 100; i++) {
				client.sendPing("ping " + i);
			}
			var stats = server.server.stats().endpoints().get(0);
			Awaitility.await()
				.until(() -> stats.messages(WsServerStats.Direction.IN, WsServerStats.MessageType.PING) == 100);
			server.settle();
			List<String> pongs = new ArrayList<>();
			int read = 0;
			while (read < sent) {
				Frame frame = client.readFrame();
				if (frame.opcode() == RawClient.PONG) {
					pongs.add(frame.text());
					assertThat(read).as("before messages").isLessThan(sent - 1);
				}
				else {
					read++;
				}
			}
			assertThat(pongs).containsExactly("ping 99");
		}
	}

}
