package io.wsboot.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.IncompleteMessageException;
import io.wsboot.MessageDelivery;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.WsServerStats;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Messages that a handler takes in parts or reads from a stream.
 */
class StreamedInputTest {

	private static final int FIN = 0x80;

	private static final int GIBIBYTE = 1 << 30;

	private static final byte[] BOMB = DeflateClient.zeros(GIBIBYTE);

	private static final EndpointOptions STREAMS = EndpointOptions.DEFAULTS.withText(MessageDelivery.asStream(0))
		.withBinary(MessageDelivery.asStream(GIBIBYTE));

	/** What has happened, in order. */
	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private RunningServer start(WsHandler handler, EndpointOptions endpoint, Consumer<WsServerOptionsBuilder> options) {
		return new RunningServer(new RecordingHandler(), options,
				(builder) -> builder.handler("/stream", handler, endpoint));
	}

	private RunningServer start(WsHandler handler, EndpointOptions endpoint) {
		return start(handler, endpoint, (options) -> {
		});
	}

	private void expect(String... expected) {
		for (String event : expected) {
			try {
				assertThat(this.events.poll(10, TimeUnit.SECONDS)).isEqualTo(event);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		assertThat(this.events).isEmpty();
	}

	/** Tells of everything but what it does with a message. */
	private class Recording implements WsHandler {

		@Override
		public void onPong(WsSession session, ByteBuffer payload) {
			StreamedInputTest.this.events.add("pong");
		}

		@Override
		public void onClose(WsSession session, CloseStatus status) {
			StreamedInputTest.this.events.add("close " + status.code());
		}

		@Override
		public void onError(WsSession session, Throwable error) throws Throwable {
			StreamedInputTest.this.events.add((error instanceof IncompleteMessageException incomplete)
					? "broken off " + incomplete.closeStatus().code() : "error " + error);
			throw error;
		}

	}

	@Nested
	class AsAStream {

		@Test
		void isReadWhileItArrives() {
			try (RunningServer server = start(new Recording() {

				@Override
				public void onBinaryStream(WsSession session, InputStream message) throws IOException {
					events.add("begins");
					for (int next = message.read(); next >= 0; next = message.read()) {
						events.add("byte " + next);
					}
					assertThat(message.read()).isEqualTo(-1);
					assertThat(message.read(new byte[5])).isEqualTo(-1);
					events.add("ends");
				}

			}, STREAMS)) {
				RawClient client = server.open("/stream");
				client.send(RawClient.frame(RawClient.BINARY));
				client.send(RawClient.frame(0, (byte) 1));
				expect("begins", "byte 1");
				client.sendPing("x");
				assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
				client.send(RawClient.frame(FIN | RawClient.PONG));
				client.send(RawClient.frame(0, (byte) 2, (byte) 3));
				expect("byte 2", "byte 3");
				client.send(RawClient.frame(FIN, (byte) 4));
				expect("byte 4", "ends", "pong");
				client.sendBinary();
				expect("begins", "ends");
				client.closeInOrder();
				expect("close 1000");
			}
		}

		@Test
		void isTextToo() {
			try (RunningServer server = start(new Recording() {

				@Override
				public void onTextStream(WsSession session, Reader message) {
					session.send(new BufferedReader(message).lines().collect(Collectors.joining("|")));
				}

			}, STREAMS)) {
				RawClient client = server.open("/stream");
				client.send(RawClient.frame(RawClient.TEXT, "one\ntw\u00F6\n\u20AC".getBytes(StandardCharsets.UTF_8)));
				client.send(RawClient.frame(FIN, "!".getBytes(StandardCharsets.UTF_8)));
				assertThat(client.readText()).isEqualTo("one|tw\u00F6|\u20AC!");
				client.closeInOrder();
				expect("close 1000");
			}
		}

		@Test
		void mayBeLeftEarly() {
			AtomicReference<InputStream> left = new AtomicReference<>();
			try (RunningServer server = start(new Recording() {

				@Override
				public void onBinaryStream(WsSession session, InputStream message) throws IOException {
					left.compareAndSet(null, message);
					events.add("first " + message.read());
				}

			}, STREAMS, (options) -> options.inbound(new InboundOptions(2, 1000, 0, 1000)))) {
				RawClient client = server.open("/stream");
				client.send(RawClient.frame(RawClient.BINARY, (byte) 1, (byte) 2));
				expect("first 1");
				for (int i = 0; i < 100; i++) {
					client.send(RawClient.frame(0, new byte[1000]));
				}
				client.send(RawClient.frame(FIN));
				client.sendBinary((byte) 7, (byte) 8);
				expect("first 7");
				assertThatIOException().isThrownBy(() -> left.get().read())
					.withMessageContaining("until its callback returns");
				client.closeInOrder();
				expect("close 1000");
			}
		}

		@Test
		void needsWorkers() {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> WsServer.builder()
					.handler("/x", new Recording(), STREAMS.withExecution(Execution.EVENT_LOOP))
					.start())
				.withMessageContaining("/x")
				.withMessageContaining("Execution.WORKER");
		}

	}

	@Nested
	class ThatBreaksOff {

		private final CountDownLatch reading = new CountDownLatch(1);

		private final WsHandler handler = new Recording() {

			@Override
			public void onBinaryStream(WsSession session, InputStream message) throws IOException {
				assertThat(message.read()).isEqualTo(1);
				ThatBreaksOff.this.reading.countDown();
				message.transferTo(OutputStream.nullOutputStream());
				events.add("whole");
			}

			@Override
			public void onText(WsSession session, String text) {
				events.add("text");
			}

		};

		private RawClient halfAMessage(RunningServer server) {
			RawClient client = server.open("/stream");
			client.send(RawClient.frame(RawClient.BINARY, (byte) 1, (byte) 2));
			try {
				assertThat(this.reading.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return client;
		}

		@Test
		void byThePeersClose() {
			try (RunningServer server = start(this.handler, STREAMS)) {
				RawClient client = halfAMessage(server);
				client.closeInOrder();
				expect("broken off 1000", "close 1000");
			}
		}

		@Test
		void byALostConnection() {
			try (RunningServer server = start(this.handler, STREAMS)) {
				halfAMessage(server).reset();
				expect("broken off 1006", "close 1006");
			}
		}

		@Test
		void byABreachOfTheProtocol() {
			try (RunningServer server = start(this.handler, STREAMS)) {
				RawClient client = halfAMessage(server);
				client.sendText("in the middle");
				client.expectClose(1002);
				expect("broken off 1002", "close 1002");
			}
		}

		@Test
		void byOurClose() {
			try (RunningServer server = start(this.handler, STREAMS)) {
				RawClient client = halfAMessage(server);
				server.server.sessions().stream().forEach((session) -> session.close(CloseStatus.GOING_AWAY));
				expect("broken off 1001");
				client.expectClose(1001);
				client.sendClose(1001);
				expect("close 1001");
			}
		}

		@Test
		void byTheEndOfTheServer() throws Exception {
			try (RunningServer server = start(this.handler, STREAMS)) {
				RawClient client = halfAMessage(server);
				var stopped = server.server.stop();
				expect("broken off 1001");
				client.expectClose(1001);
				client.close();
				stopped.toCompletableFuture().get(20, TimeUnit.SECONDS);
				expect("close 1001");
			}
		}

	}

	@Nested
	class BackPressure {

		@ParameterizedTest
		@ValueSource(ints = { 1, 2, 256 })
		void controlFramesDoNotKeepTheRestOfTheMessageAway(int maxPending) {
			try (RunningServer server = start(new Recording() {

				@Override
				public void onBinaryStream(WsSession session, InputStream message) throws IOException {
					session.send("read " + message.readAllBytes().length);
				}

			}, STREAMS, (options) -> options.inbound(new InboundOptions(maxPending, 10, 0, 100_000)))) {
				RawClient client = server.open("/stream");
				for (int message = 0; message < 3; message++) {
					client.send(RawClient.frame(RawClient.BINARY, new byte[10]));
					byte[] pongs = {};
					for (int i = 0; i < 20; i++) {
						pongs = RawClient.join(pongs, RawClient.frame(FIN | RawClient.PONG, new byte[100]));
					}
					for (int i = 0; i < 50; i++) {
						client.send(pongs, RawClient.frame(0, new byte[100]));
					}
					client.send(RawClient.frame(FIN));
					assertThat(client.readText()).isEqualTo("read 5010");
				}
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "stream", "parts" })
		void aSlowReaderOfABombHoldsLittleOfIt(String form) throws Exception {
			int pending = 256 * 1024;
			CountDownLatch goOn = new CountDownLatch(1);
			EndpointOptions endpoint = EndpointOptions.DEFAULTS.withBinary(form.equals("stream")
					? MessageDelivery.asStream(2L * GIBIBYTE) : MessageDelivery.inParts(2L * GIBIBYTE));
			try (RunningServer server = start(new Recording() {

				@Override
				public void onBinaryStream(WsSession session, InputStream message) throws Exception {
					assertThat(message.read()).isZero();
					events.add("begun");
					goOn.await();
					message.readAllBytes();
				}

				@Override
				public void onBinaryPart(WsSession session, ByteBuffer part, boolean last) throws Exception {
					if (goOn.getCount() > 0) {
						events.add("begun");
						goOn.await();
					}
				}

			}, endpoint, (options) -> options.inbound(new InboundOptions(256, pending, 0, 1000))
				.compression(new CompressionOptions(true, 6, 1024, false)))) {
				RawClient client = server.connect();
				client.send(RawClient.head("/stream", "Sec-WebSocket-Extensions: permessage-deflate"));
				client.expectSwitch();
				client.send(RawClient.frame(FIN | 0x40 | RawClient.BINARY, BOMB));
				expect("begun");
				server.settle();
				server.settle();
				long in = server.server.stats()
					.endpoints()
					.stream()
					.filter((stats) -> stats.path().equals("/stream"))
					.findFirst()
					.orElseThrow()
					.bytes(WsServerStats.Direction.IN, WsServerStats.MessageType.BINARY);
				assertThat(in).isBetween((long) pending, pending + 128L * 1024);
				assertThat(server.server.stats().compressionStates()).isEqualTo(1);
				server.server.sessions().stream().forEach(WsSession::close);
				client.expectClose(1000);
				Awaitility.await().until(() -> server.server.stats().compressionStates() == 0);
				client.sendClose(1000);
				client.expectEof();
				client.close();
				goOn.countDown();
				expect((form.equals("stream") ? new String[] { "broken off 1000", "close 1000" }
						: new String[] { "close 1000" }));
				server.expectNothingLeft();
			}
		}

	}

	@Nested
	class InParts {

		@ParameterizedTest
		@ValueSource(booleans = { true, false })
		void comesAsItArrives(boolean onLoop) {
			EndpointOptions endpoint = EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(0))
				.withBinary(MessageDelivery.inParts(GIBIBYTE))
				.withExecution(onLoop ? Execution.EVENT_LOOP : Execution.WORKER);
			try (RunningServer server = start(new Recording() {

				@Override
				public void onTextPart(WsSession session, String part, boolean last) {
					events.add(part + last);
				}

				@Override
				public void onBinaryPart(WsSession session, ByteBuffer part, boolean last) {
					events.add(part.remaining() + " bytes " + last);
				}

			}, endpoint)) {
				RawClient client = server.open("/stream");
				client.send(RawClient.frame(RawClient.TEXT, "ab\u20AC".getBytes(StandardCharsets.UTF_8)));
				expect("ab\u20ACfalse");
				client.send(RawClient.frame(FIN, "c".getBytes(StandardCharsets.UTF_8)));
				expect("ctrue");
				client.sendBinary(new byte[100]);
				expect("100 bytes true");
				var stats = server.server.stats().endpoints().stream().filter((all) -> all.path().equals("/stream"));
				var its = stats.findFirst().orElseThrow();
				assertThat(its.messages(WsServerStats.Direction.IN, WsServerStats.MessageType.TEXT)).isOne();
				assertThat(its.bytes(WsServerStats.Direction.IN, WsServerStats.MessageType.TEXT)).isEqualTo(6);
				client.send(RawClient.frame(RawClient.TEXT, "d".getBytes(StandardCharsets.UTF_8)));
				expect("dfalse");
				assertThat(its.messages(WsServerStats.Direction.IN, WsServerStats.MessageType.TEXT)).isOne();
				assertThat(its.bytes(WsServerStats.Direction.IN, WsServerStats.MessageType.TEXT)).isEqualTo(7);
				client.closeInOrder();
				expect("close 1000");
			}
		}

		@Test
		void countsOnceAgainstTheRate() {
			EndpointOptions endpoint = EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(0));
			try (RunningServer server = start(new Recording() {

				@Override
				public void onTextPart(WsSession session, String part, boolean last) {
					events.add(part);
				}

			}, endpoint, (options) -> options.inbound(new InboundOptions(256, 1000, 2, 1000)))) {
				RawClient client = server.open("/stream");
				for (int message = 0; message < 2; message++) {
					client.send(RawClient.frame(RawClient.TEXT, (byte) 'a'));
					for (int i = 0; i < 10; i++) {
						client.send(RawClient.frame(0, (byte) 'a'));
					}
					client.send(RawClient.frame(FIN, (byte) 'a'));
				}
				Awaitility.await().until(() -> events.size() == 2 * 12);
				client.send(RawClient.frame(RawClient.TEXT, (byte) 'a'));
				client.expectClose(1008);
				Awaitility.await().until(() -> events.contains("close 1008"));
				assertThat(events).hasSize(2 * 12 + 1);
			}
		}

	}

	@ParameterizedTest
	@ValueSource(strings = { "stream", "parts", "loop" })
	void aMessageFarBiggerThanTheLimitsPasses(String form) throws Exception {
		int chunk = 1 << 20;
		int chunks = 256;
		EndpointOptions endpoint = switch (form) {
			case "stream" -> EndpointOptions.DEFAULTS.withBinary(MessageDelivery.asStream(1L << 40));
			case "parts" -> EndpointOptions.DEFAULTS.withBinary(MessageDelivery.inParts(1L << 40));
			default -> EndpointOptions.DEFAULTS.withBinary(MessageDelivery.inParts(1L << 40))
				.withExecution(Execution.EVENT_LOOP);
		};
		try (RunningServer server = start(new Recording() {

			private long seen;

			private int sum;

			@Override
			public void onBinaryStream(WsSession session, InputStream message) throws IOException {
				byte[] bytes = new byte[8192];
				for (int count = message.read(bytes); count >= 0; count = message.read(bytes)) {
					onBinaryPart(session, ByteBuffer.wrap(bytes, 0, count), false);
				}
				onBinaryPart(session, ByteBuffer.allocate(0), true);
			}

			@Override
			public void onBinaryPart(WsSession session, ByteBuffer part, boolean last) {
				this.seen += part.remaining();
				assertThat(part.remaining()).isLessThanOrEqualTo(64 * 1024);
				while (part.hasRemaining()) {
					this.sum = 31 * this.sum + part.get();
				}
				if (last) {
					session.send(this.seen + " " + this.sum);
				}
			}

		}, endpoint)) {
			RawClient client = server.open("/stream");
			byte[] bytes = new byte[chunk];
			int sum = 0;
			// one frame of 256 MiB
			client.send(ByteBuffer.allocate(14)
				.put((byte) (FIN | RawClient.BINARY))
				.put((byte) 0xFF)
				.putLong((long) chunk * chunks)
				.putInt(0)
				.array());
			for (int i = 0; i < chunks; i++) {
				Arrays.fill(bytes, (byte) i);
				for (byte each : bytes) {
					sum = 31 * sum + each;
				}
				client.send(bytes);
			}
			assertThat(client.readText()).isEqualTo((long) chunk * chunks + " " + sum);
		}
	}

}
