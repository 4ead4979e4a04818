package io.wsboot.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.StreamedMessage;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Frame;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.MessageType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Messages that are sent piecewise (RFC 6455 §5.4).
 */
class StreamedOutputTest {

	private static final byte[] CHUNK = new byte[16 * 1024];

	private final RecordingHandler handler = new RecordingHandler((session, what) -> {
		if (what.equals("text stream")) {
			stream(session);
		}
	});

	private static void stream(WsSession session) {
		StreamedMessage<CharSequence> message = session.streamText();
		session.send("before");
		message.send("one ");
		session.send("after");
		message.send("");
		message.send("two ");
		message.send("three");
		message.finish();
		session.send("last");
	}

	private RunningServer start(OverflowPolicy policy) {
		return new RunningServer(this.handler,
				(options) -> options.outbound(new OutboundOptions(1 << 20, 1 << 16, policy, Duration.ofSeconds(30))));
	}

	private static void expectFrame(RawClient client, boolean fin, int opcode, String text) {
		Frame frame = client.readFrame();
		assertThat(frame.text()).isEqualTo(text);
		assertThat(frame.opcode()).isEqualTo(opcode);
		assertThat(frame.fin()).isEqualTo(fin);
	}

	/** Reads a message of any number of frames, and what else comes within it. */
	private static byte[] readMessage(RawClient client, int opcode, List<Integer> between) {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		int expected = opcode;
		while (true) {
			Frame frame = client.readFrame();
			if (frame.opcode() > 2) {
				between.add(frame.opcode());
				continue;
			}
			assertThat(frame.opcode()).as("%s", frame).isEqualTo(expected);
			message.writeBytes(frame.payload());
			if (frame.fin()) {
				return message.toByteArray();
			}
			expected = 0;
		}
	}

	/** Sends parts until the peer does not take any more of them; how many. */
	private static int fill(StreamedMessage<ByteBuffer> message, SendResult until) {
		int sent = 0;
		while (true) {
			SendResult result = message.send(ByteBuffer.wrap(CHUNK));
			if (result == until) {
				return sent;
			}
			sent++;
		}
	}

	@Nested
	class Frames {

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void standTogether(String path) {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open(path);
				client.sendText("stream");
				expectFrame(client, true, RawClient.TEXT, "before");
				expectFrame(client, false, RawClient.TEXT, "one ");
				expectFrame(client, false, 0, "two ");
				expectFrame(client, false, 0, "three");
				expectFrame(client, true, 0, "");
				expectFrame(client, true, RawClient.TEXT, "after");
				expectFrame(client, true, RawClient.TEXT, "last");
				client.closeInOrder();
			}
		}

		@Test
		void letControlFramesPass() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				WsSession session = handler.expectOpen();
				StreamedMessage<ByteBuffer> message = session.streamBinary();
				assertThat(message.send(ByteBuffer.wrap(new byte[] { 'a' }))).isEqualTo(SendResult.QUEUED);
				expectFrame(client, false, RawClient.BINARY, "a");
				session.send("waits");
				client.sendPing("x");
				expectFrame(client, true, RawClient.PONG, "x");
				session.ping(ByteBuffer.wrap(new byte[] { 'y' }));
				expectFrame(client, true, RawClient.PING, "y");
				assertThat(client.hasNothing()).isTrue();
				ByteBuffer part = ByteBuffer.wrap(new byte[70_000]);
				message.send(part);
				assertThat(part.hasRemaining()).isFalse();
				assertThat(client.readFrame().payload()).as("split").hasSize(65536);
				assertThat(client.readFrame().payload()).hasSize(70_000 - 65536);
				message.finish();
				expectFrame(client, true, 0, "");
				expectFrame(client, true, RawClient.TEXT, "waits");
			}
		}

		@Test
		void areOneIfTheMessageIsEmpty() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				WsSession session = handler.expectOpen();
				session.streamText().finish();
				expectFrame(client, true, RawClient.TEXT, "");
				StreamedMessage<CharSequence> never = session.streamText();
				never.send("");
				never.close();
				session.send("next");
				expectFrame(client, true, RawClient.TEXT, "next");
				assertThatIllegalStateException().isThrownBy(never::finish);
			}
		}

		@Test
		void joinPairsOfSurrogates() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				StreamedMessage<CharSequence> message = handler.expectOpen().streamText();
				message.send("a\uD83D");
				message.send("\uDE00b\uD83D");
				message.send(new StringBuilder("c\uD83D"));
				message.finish();
				expectFrame(client, false, RawClient.TEXT, "a");
				expectFrame(client, false, 0, "\uD83D\uDE00b");
				expectFrame(client, false, 0, "?c");
				expectFrame(client, true, 0, "?");
			}
		}

		@Test
		void countAsOneMessage() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				WsSession session = handler.expectOpen();
				var stats = server.server.stats().endpoints().stream().filter((each) -> each.path().equals("/"));
				var its = stats.findFirst().orElseThrow();
				StreamedMessage<CharSequence> message = session.streamText();
				message.send("abc");
				assertThat(its.messages(Direction.OUT, MessageType.TEXT)).isZero();
				message.send("de");
				message.finish();
				assertThat(its.messages(Direction.OUT, MessageType.TEXT)).isOne();
				assertThat(its.bytes(Direction.OUT, MessageType.TEXT)).isEqualTo(5);
				assertThat(readMessage(client, RawClient.TEXT, new ArrayList<>())).hasSize(5);
			}
		}

	}

	@Nested
	class ThatBreaksOff {

		@Test
		void byClosingTheSession() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				WsSession session = handler.expectOpen();
				StreamedMessage<CharSequence> message = session.streamText();
				message.send("begun");
				var waits = session.sendAsync(Message.text("waits"));
				session.close();
				assertThat(message.send("more")).isEqualTo(SendResult.CLOSED);
				assertThat(message.finish()).isEqualTo(SendResult.CLOSED);
				message.close();
				expectFrame(client, false, RawClient.TEXT, "begun");
				client.expectClose(1000);
				client.sendClose(1000);
				client.expectEof();
				handler.expect("close 1000");
				assertThat(waits.toCompletableFuture()).isCompletedExceptionally();
			}
		}

		@Test
		void byGivingItUp() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				try (StreamedMessage<CharSequence> message = handler.expectOpen().streamText()) {
					message.send("begun");
				}
				expectFrame(client, false, RawClient.TEXT, "begun");
				client.expectClose(1011);
			}
		}

		@Test
		void byABreachOfTheProtocol() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				StreamedMessage<CharSequence> message = handler.expectOpen().streamText();
				message.send("begun");
				expectFrame(client, false, RawClient.TEXT, "begun");
				client.send(RawClient.frame(0x83));
				client.expectClose(1002);
				handler.expect("close 1002");
				assertThat(message.send("more")).isEqualTo(SendResult.CLOSED);
			}
		}

	}

	@Nested
	class AboveTheLimit {

		@Test
		void closesIfThatIsThePolicy() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				int sent = fill(session.streamBinary(), SendResult.CLOSED);
				assertThat(sent).isGreaterThan(30);
				Frame frame = client.readFrame();
				while (frame.opcode() != RawClient.CLOSE) {
					frame = client.readFrame();
				}
				assertThat(frame.closeCode()).isEqualTo(1013);
			}
		}

		@ParameterizedTest
		@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
		void isToldAndMayBeTriedAgain(OverflowPolicy policy) {
			try (RunningServer server = start(policy)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				StreamedMessage<ByteBuffer> message = session.streamBinary();
				int sent = fill(message, SendResult.DROPPED);
				ByteBuffer part = ByteBuffer.wrap(new byte[] { 1, 2, 3 });
				while (message.send(ByteBuffer.wrap(CHUNK)) != SendResult.DROPPED) {
					sent++; // buffers of the system grow
				}
				CompletableFuture<byte[]> read = CompletableFuture
					.supplyAsync(() -> readMessage(client, RawClient.BINARY, new ArrayList<>()));
				handler.expect("drained");
				assertThat(message.send(part)).isIn(SendResult.QUEUED, SendResult.CONGESTED);
				message.finish();
				byte[] all = read.orTimeout(20, TimeUnit.SECONDS).join();
				assertThat(all).hasSize(sent * CHUNK.length + 3).endsWith(1, 2, 3);
			}
		}

		/** Else nobody could go on: those who wait, wait for the end of the message. */
		@ParameterizedTest
		@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
		void messagesThatWaitTakeNoRoomFromIt(OverflowPolicy policy) {
			try (RunningServer server = start(policy)) {
				RawClient client = server.open("/");
				WsSession session = handler.expectOpen();
				StreamedMessage<CharSequence> message = session.streamText();
				message.send("begun ");
				while (session.send(ByteBuffer.wrap(CHUNK)) != SendResult.DROPPED) {
					assertThat(session.queuedBytes()).isLessThan(2 << 20);
				}
				// whoever owns the queue may not have come to see yet what waits for what
				Awaitility.await().until(() -> message.send("more") == SendResult.QUEUED);
				message.finish();
				assertThat(readMessage(client, RawClient.TEXT, new ArrayList<>())).asString().isEqualTo("begun more");
				assertThat(client.readFrame().payload()).hasSize(CHUNK.length);
			}
		}

		@Test
		void waitsIfThatIsThePolicy() {
			try (RunningServer server = start(OverflowPolicy.BLOCK)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				int parts = 1000;
				CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
					StreamedMessage<ByteBuffer> message = session.streamBinary();
					for (int i = 0; i < parts; i++) {
						message.send(ByteBuffer.wrap(CHUNK));
					}
					message.finish();
				});
				assertThat(readMessage(client, RawClient.BINARY, new ArrayList<>())).hasSize(parts * CHUNK.length);
				sent.orTimeout(10, TimeUnit.SECONDS).join();
			}
		}

	}

	@Nested
	class AsOutputStream {

		@Test
		void isFlatHoweverLongItIs() throws Exception {
			long size = 256L << 20;
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				WsSession session = handler.expectOpen();
				CompletableFuture<Long> most = CompletableFuture.supplyAsync(() -> {
					long highest = 0;
					try (OutputStream out = session.binaryOutputStream()) {
						for (long sent = 0; sent < size; sent += CHUNK.length) {
							out.write(CHUNK);
							highest = Math.max(highest, session.queuedBytes());
						}
					}
					catch (IOException ex) {
						throw new IllegalStateException(ex);
					}
					return highest;
				});
				long read = 0;
				boolean fin = false;
				while (!fin) {
					Frame frame = client.readFrame();
					read += frame.payload().length;
					fin = frame.fin();
				}
				assertThat(read).isEqualTo(size);
				assertThat(most.get(10, TimeUnit.SECONDS)).isLessThanOrEqualTo(64 * 1024);
				client.sendPing("the session has been read all the time");
				assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
			}
		}

		@Test
		void isTextAsAWriter() throws IOException {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				WsSession session = handler.expectOpen();
				String text = "a\u20AC\uD83D\uDE00".repeat(10_000);
				try (Writer writer = session.textWriter()) {
					for (int i = 0; i < text.length(); i++) {
						writer.write(text.charAt(i));
						if (i == 1) {
							writer.flush();
							expectFrame(client, false, RawClient.TEXT, "a\u20AC");
						}
					}
				}
				byte[] rest = readMessage(client, 0, new ArrayList<>());
				assertThat(new String(rest, StandardCharsets.UTF_8)).isEqualTo(text.substring(2));
				session.textWriter().close();
				expectFrame(client, true, RawClient.TEXT, "");
			}
		}

		@Test
		void mustNotBeUsedOnAnEventLoop() {
			AtomicReference<Throwable> thrown = new AtomicReference<>();
			RecordingHandler onLoop = new RecordingHandler((session, what) -> {
				if (what.equals("open")) {
					try {
						session.binaryOutputStream();
					}
					catch (IllegalStateException ex) {
						thrown.set(ex);
					}
				}
			});
			try (RunningServer server = new RunningServer(onLoop)) {
				server.open("/loop");
				onLoop.expectOpen();
				Awaitility.await().until(() -> thrown.get() != null);
				assertThat(thrown.get()).hasMessageContaining("must not wait").hasMessageContaining("Execution.WORKER");
			}
		}

		@Test
		void endsWithTheSession() {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				for (boolean reset : new boolean[] { true, false }) {
					RawClient client = server.openWithSmallWindow("/");
					WsSession session = handler.expectOpen();
					CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeForEver(session));
					Awaitility.await().until(() -> session.queuedBytes() > 32 * 1024);
					if (reset) {
						client.reset();
					}
					else {
						session.close();
					}
					assertThat(writing).failsWithin(10, TimeUnit.SECONDS)
						.withThrowableThat()
						.withMessageContaining("the session is closed");
					client.close();
					Awaitility.await().until(() -> handler.next().what().startsWith("close"));
				}
			}
		}

		@Test
		void canBeInterrupted() throws Exception {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				server.openWithSmallWindow("/");
				WsSession session = handler.expectOpen();
				CompletableFuture<Void> writing = new CompletableFuture<>();
				Thread thread = new Thread(() -> {
					try {
						writeForEver(session);
					}
					catch (RuntimeException ex) {
						assertThat(Thread.currentThread().isInterrupted()).isTrue();
						writing.completeExceptionally(ex.getCause());
					}
				});
				thread.start();
				Awaitility.await().until(() -> session.queuedBytes() > 32 * 1024);
				thread.interrupt();
				assertThat(writing).failsWithin(10, TimeUnit.SECONDS)
					.withThrowableThat()
					.withCauseInstanceOf(InterruptedIOException.class);
			}
		}

		private void writeForEver(WsSession session) {
			try {
				OutputStream out = session.binaryOutputStream();
				while (true) {
					out.write(CHUNK);
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex.getMessage(), ex);
			}
		}

		@Test
		void endsOnce() throws IOException {
			try (RunningServer server = start(OverflowPolicy.CLOSE)) {
				RawClient client = server.open("/");
				WsSession session = handler.expectOpen();
				OutputStream out = session.binaryOutputStream();
				out.write('a');
				out.close();
				out.close();
				assertThatIOException().isThrownBy(() -> out.write('b')).withMessageContaining("has ended");
				expectFrame(client, true, RawClient.BINARY, "a");
				session.send("next");
				expectFrame(client, true, RawClient.TEXT, "next");
			}
		}

	}

	@ParameterizedTest
	@EnumSource(names = { "PLAIN", "TLS_1_3", "HANDED_OVER_TLS", "HOSTED" })
	void manySendersDoNotDisturbIt(Wire wire) {
		int messages = 200;
		try (RunningServer server = wire.start(this.handler)) {
			RawClient client = server.open("/");
			WsSession session = this.handler.expectOpen();
			List<CompletableFuture<Void>> senders = new ArrayList<>();
			for (int sender = 0; sender < 2; sender++) {
				int name = sender;
				senders.add(CompletableFuture.runAsync(() -> {
					for (int i = 0; i < messages; i++) {
						session.sendAsync(Message.text(name + " " + i)).toCompletableFuture().join();
					}
				}));
				senders.add(CompletableFuture.runAsync(() -> {
					for (int i = 0; i < messages; i++) {
						StreamedMessage<CharSequence> message = session.streamText();
						message.send("s" + name);
						message.send(" ");
						message.send("" + i);
						message.finish();
					}
				}));
			}
			List<String> read = new ArrayList<>();
			List<Integer> between = new ArrayList<>();
			for (int i = 0; i < 4 * messages; i++) {
				if (i % 50 == 0) {
					client.sendPing("p");
				}
				read.add(new String(readMessage(client, RawClient.TEXT, between), StandardCharsets.UTF_8));
			}
			for (String sender : List.of("0", "1", "s0", "s1")) {
				List<String> its = read.stream().filter((text) -> text.startsWith(sender + " ")).toList();
				assertThat(its).hasSize(messages);
				for (int i = 0; i < messages; i++) {
					assertThat(its.get(i)).isEqualTo(sender + " " + i);
				}
			}
			senders.forEach((sender) -> sender.orTimeout(10, TimeUnit.SECONDS).join());
			// none, if all was there before the first Ping
			assertThat(between).isSubsetOf(List.of(RawClient.PONG));
		}
	}

}
