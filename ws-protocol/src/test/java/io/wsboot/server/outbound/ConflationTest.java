package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.WsSession;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.RawClient;
import io.wsboot.server.RawClient.Frame;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import io.wsboot.server.Wire;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.outbound.PendingWrite.Kind;
import io.wsboot.server.spi.WsServerObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of the messages with the same key only the newest waits for a peer that reads slowly.
 */
class ConflationTest {

	@Nested
	class Queue {

		private final DataFrames frames = DataFrames.ofServer(0);

		private final OutboundQueue queue = new OutboundQueue();

		/** Bytes that wait, as the queue has told. */
		private long bytes;

		private final LatestKeys keys = new LatestKeys();

		private void add(String key, String text) {
			LatestKey latest = (key != null) ? this.keys.of(key) : null;
			MessageEncoder message = MessageEncoder.latest(this.frames, latest, Message.text(text));
			this.bytes += this.queue.add(message.queued(message.plain(), null));
		}

		private void part(String text, boolean last) {
			ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
			this.bytes += this.queue.add(PendingWrite.part("open", bytes, 1000, last));
		}

		private void written(int count) {
			this.queue.written(count);
			this.bytes -= count;
		}

		/** The payloads of frames that are two bytes and a payload of one each. */
		private String payloads() {
			ByteBuffer all = this.queue.items().copyTo(ByteBuffer.allocate(1000)).flip();
			assertThat((long) all.remaining()).isEqualTo(this.bytes - this.queue.waitingBytes());
			assertThat(this.queue.bytes()).isEqualTo(this.bytes);
			return StandardCharsets.UTF_8.decode(all).toString().replaceAll("[^a-zA-Z0-9]", "");
		}

		@Test
		void theNewestStandsWhereTheOlderOneStood() {
			add("x", "1");
			add("y", "2");
			add(null, "3");
			add("x", "4");
			add("x", "5");
			add(null, "6");
			assertThat(payloads()).isEqualTo("5236");
			assertThat(this.queue.takeConflated()).isEqualTo(2);
			assertThat(this.queue.takeConflated()).isZero();
		}

		@Test
		void itMayBeLongerOrShorter() {
			add("x", "1");
			add("x", "abcdefg");
			assertThat(payloads()).isEqualTo("abcdefg");
			add("x", "");
			assertThat(payloads()).isEmpty();
			assertThat(this.bytes).isEqualTo(2);
		}

		@Test
		void whatHasBegunIsNotReplaced() {
			add("x", "1");
			add("y", "2");
			written(1);
			add("x", "3");
			add("x", "4");
			assertThat(payloads()).isEqualTo("124");
			assertThat(this.queue.takeConflated()).isOne();
		}

		@Test
		void whatHasBeenWrittenIsForgotten() {
			add("x", "1");
			add("y", "2");
			written(3);
			add("x", "3");
			assertThat(payloads()).isEqualTo("23");
			written(6);
			assertThat(this.queue.isEmpty()).isTrue();
			add("x", "4");
			assertThat(payloads()).isEqualTo("4");
			assertThat(this.queue.takeConflated()).isZero();
			assertThat(this.bytes).isEqualTo(3);
		}

		@Test
		void soItIsBehindAMessageThatIsSentPiecewise() {
			part("A", false);
			add("x", "1");
			add("x", "2");
			add("y", "3");
			add("x", "4");
			assertThat(payloads()).isEqualTo("A");
			assertThat(this.queue.waitingBytes()).isEqualTo(6);
			part("B", true);
			add("x", "5");
			assertThat(payloads()).isEqualTo("AB53");
			assertThat(this.queue.takeConflated()).isEqualTo(3);
		}

		/** What an older one leaves behind would be room that is lost for ever. */
		@Test
		void oneThatWaitsForThePiecewiseOneReplacesOneBeforeIt() {
			add("x", "123");
			part("A", false);
			add("x", "4");
			part("B", true);
			assertThat(payloads()).isEqualTo("4AB");
			assertThat(this.queue.takeConflated()).isOne();
			written(5);
			assertThat(this.queue.isEmpty()).isTrue();
			assertThat(this.bytes).isZero();
		}

		@Test
		void aCloseFrameGoesBehindIt() {
			add("x", "1");
			this.bytes += this.queue.add(PendingWrite.of(Kind.CLOSE, ByteBuffer.wrap(new byte[] { 'C' })));
			add("x", "2");
			assertThat(payloads()).isEqualTo("1C");
		}

	}

	@Nested
	@ParameterizedClass
	@EnumSource
	@Timeout(60)
	class SlowReaders {

		private static final int SIZE = 16 * 1024;

		@Parameter
		private Wire wire;

		private final RecordingHandler handler = new RecordingHandler();

		private final AtomicInteger conflated = new AtomicInteger();

		private RunningServer start(OverflowPolicy policy) {
			return this.wire.start(this.handler,
					(options) -> options.pingInterval(Duration.ZERO)
						.outbound(new OutboundOptions(20 * SIZE, 10 * SIZE, policy, Duration.ofSeconds(30))),
					(builder) -> builder.observer(new WsServerObserver() {

						@Override
						public void dropped(DropReason reason, int messages) {
							if (reason == DropReason.CONFLATED) {
								SlowReaders.this.conflated.addAndGet(messages);
							}
						}

					}));
		}

		private static Message numbered(int key, int number) {
			return Message.binary(ByteBuffer.allocate(SIZE).putInt(0, key).putInt(4, number));
		}

		/** Sends until the system takes no more. */
		private int fill(WsSession session) {
			int sent = 0;
			while (this.conflated.get() < 100) {
				session.sendLatest("fill", numbered(0, ++sent));
			}
			return sent;
		}

		private static int key(Frame frame) {
			assertThat(frame.payload()).hasSize(SIZE);
			return ByteBuffer.wrap(frame.payload()).getInt();
		}

		private static int number(Frame frame) {
			return ByteBuffer.wrap(frame.payload()).getInt(4);
		}

		@Test
		void getTheNewestOfEachKey() {
			try (RunningServer server = start(OverflowPolicy.CONFLATE)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = this.handler.expectOpen();
				fill(session);
				for (int number = 1; number <= 1000; number++) {
					for (int key = 1; key <= 5; key++) {
						assertThat(session.sendLatest("key " + key, numbered(key, number))).isIn(SendResult.QUEUED,
								SendResult.CONGESTED);
					}
				}
				assertThat(session.isOpen()).isTrue();
				session.send("end");
				Map<Integer, Integer> newest = new HashMap<>();
				Map<Integer, Integer> count = new HashMap<>();
				Frame frame = client.readFrame();
				for (; frame.opcode() == RawClient.BINARY; frame = client.readFrame()) {
					assertThat(number(frame)).isGreaterThan(newest.getOrDefault(key(frame), 0));
					newest.put(key(frame), number(frame));
					count.merge(key(frame), 1, Integer::sum);
				}
				assertThat(frame.text()).as("opcode %s", frame.opcode()).isEqualTo("end");
				count.remove(0);
				newest.remove(0);
				assertThat(newest).isEqualTo(Map.of(1, 1000, 2, 1000, 3, 1000, 4, 1000, 5, 1000));
				assertThat(count.values()).allMatch((read) -> read < 500);
				assertThat(this.conflated.get()).isGreaterThan(2500);
				Awaitility.await().until(() -> session.queuedBytes() == 0);
			}
			assertThat(this.handler.next().what()).isIn("close 1006", "drained");
		}

		@Test
		void areClosedWith1013IfThereAreTooManyKeys() {
			try (RunningServer server = start(OverflowPolicy.CONFLATE)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = this.handler.expectOpen();
				fill(session);
				int key = 1;
				while (session.sendLatest(key, numbered(key, 1)) != SendResult.CLOSED) {
					key++;
				}
				Frame frame = client.readFrame();
				while (frame.opcode() == RawClient.BINARY) {
					frame = client.readFrame();
				}
				assertThat(frame.closeCode()).isEqualTo(1013);
				client.sendClose(1013);
				client.expectEof();
			}
			assertThat(this.handler.next().what()).isIn("close 1013", "drained");
		}

		@Test
		void areClosedWith1013ByWhatHasNoKey() {
			try (RunningServer server = start(OverflowPolicy.CONFLATE)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = this.handler.expectOpen();
				int sent = fill(session);
				while (session.send(numbered(0, ++sent)) != SendResult.CLOSED) {
					// the owner may be a little behind
					assertThat(session.queuedBytes()).isLessThanOrEqualTo(80 * (SIZE + 4));
				}
				Frame frame = client.readFrame();
				while (frame.opcode() == RawClient.BINARY) {
					frame = client.readFrame();
				}
				assertThat(frame.closeCode()).isEqualTo(1013);
			}
			assertThat(this.handler.next().what()).isIn("close 1013", "drained");
		}

		@Test
		void doNotKeepOthersFromGettingAll() {
			try (RunningServer server = start(OverflowPolicy.CONFLATE)) {
				RawClient slow = server.openWithSmallWindow("/");
				WsSession slowSession = this.handler.expectOpen();
				RawClient quick = server.open("/");
				this.handler.expectOpen();
				fill(slowSession);
				for (int number = 1; number <= 100; number++) {
					assertThat(server.server.sessions().broadcastLatest("price", numbered(1, number))).isEqualTo(2);
					assertThat(number(quick.readFrame())).isEqualTo(number);
				}
				Frame last = slow.readFrame();
				int read = 0;
				while (key(last) == 0 || number(last) < 100) {
					last = slow.readFrame();
					read++;
				}
				assertThat(read).isGreaterThan(0);
				assertThat(slowSession.isOpen()).isTrue();
			}
		}

		@ParameterizedTest
		@EnumSource(names = { "CLOSE", "BLOCK", "DROP_NEWEST", "DROP_OLDEST" })
		void getAllWithAnyOtherPolicy(OverflowPolicy policy) {
			try (RunningServer server = start(policy)) {
				RawClient client = server.open("/");
				WsSession session = this.handler.expectOpen();
				for (int number = 1; number <= 15; number++) {
					session.sendLatest("x", numbered(1, number));
				}
				for (int number = 1; number <= 15; number++) {
					assertThat(number(client.readFrame())).isEqualTo(number);
				}
				assertThat(this.conflated.get()).isZero();
			}
		}

	}

}
