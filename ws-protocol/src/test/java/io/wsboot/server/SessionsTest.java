package io.wsboot.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.SessionClosedException;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Frame;
import io.wsboot.server.RecordingHandler.Call;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.spi.WsServerStats;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionsTest {

	@Nested
	class Callbacks {

		@ParameterizedTest
		@CsvSource({ "/, ws-handler-", "/loop, ws-loop-0" })
		void runWhereTheEndpointSays(String path, String thread) {
			RecordingHandler handler = new RecordingHandler();
			try (RunningServer server = new RunningServer(handler)) {
				RawClient client = server.open(path);
				client.sendText("a");
				client.sendBinary((byte) 1, (byte) 2);
				client.send(RawClient.frame(0x8A, (byte) 'p'));
				client.closeInOrder();
				List<Call> calls = IntStream.range(0, 5).mapToObj((i) -> handler.next()).toList();
				assertThat(calls).extracting(Call::what)
					.containsExactly("open", "text a", "binary 2", "pong p", "close 1000");
				assertThat(calls).extracting(Call::thread).allMatch((name) -> name.startsWith(thread));
				assertThat(calls).extracting(Call::session).containsOnly(calls.get(0).session());
				handler.expectNothing();
			}
		}

		@Test
		void comeOneAtATimeAndInOrder() {
			int sessions = 8;
			int messages = 2000;
			Map<WsSession, AtomicInteger> active = new ConcurrentHashMap<>();
			Map<WsSession, AtomicInteger> next = new ConcurrentHashMap<>();
			Set<String> faults = ConcurrentHashMap.newKeySet();
			CountDownLatch done = new CountDownLatch(sessions);
			WsHandler handler = new WsHandler() {

				@Override
				public void onText(WsSession session, String text) {
					if (active.computeIfAbsent(session, (key) -> new AtomicInteger()).incrementAndGet() != 1) {
						faults.add("two at a time");
					}
					int expected = next.computeIfAbsent(session, (key) -> new AtomicInteger()).getAndIncrement();
					if (Integer.parseInt(text) != expected) {
						faults.add(text + " instead of " + expected);
					}
					if (expected % 100 == 0) { // lets the threads of other sessions go on
						Thread.yield();
					}
					active.get(session).decrementAndGet();
				}

				@Override
				public void onClose(WsSession session, CloseStatus status) {
					if (next.get(session).get() != messages || active.get(session).get() != 0) {
						faults.add("closed before " + next.get(session));
					}
					done.countDown();
				}

			};
			try (RunningServer server = new RunningServer(handler,
					(options) -> options.eventLoops(2).inbound(new InboundOptions(7, 1 << 20, 0, 1000)))) {
				List<byte[]> all = new ArrayList<>();
				IntStream.range(0, messages).forEach((i) -> all.add(RawClient.textFrame(Integer.toString(i))));
				byte[] wire = RawClient.join(all.toArray(byte[][]::new));
				List<RawClient> clients = IntStream.range(0, sessions).mapToObj((i) -> server.open("/")).toList();
				clients.forEach((client) -> client.send(wire, RawClient.closeFrame(1000)));
				clients.forEach((client) -> client.expectClose(1000));
				await(done);
				assertThat(faults).isEmpty();
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void ofOneSessionMayUseItAfterItsEnd(String path) {
			RecordingHandler handler = new RecordingHandler((session, what) -> {
				if (what.startsWith("close")) {
					assertThat(session.isOpen()).isFalse();
					assertThat(session.send("late")).isEqualTo(SendResult.CLOSED);
					assertThat(session.ping(ByteBuffer.allocate(1))).isEqualTo(SendResult.CLOSED);
					assertThat(session.pong(ByteBuffer.allocate(1))).isEqualTo(SendResult.CLOSED);
					session.close();
				}
			});
			try (RunningServer server = new RunningServer(handler)) {
				server.open(path).closeInOrder();
				handler.expect("open");
				handler.expect("close 1000");
				server.settle();
				handler.expectNothing();
			}
		}

	}

	/** Whatever happens, one open and one close; and what stands between. */
	@Nested
	class TheEnd {

		@ParameterizedTest
		@CsvSource({ "/, clean", "/loop, clean", "/, server", "/loop, server", "/, both", "/loop, both", "/, eof",
				"/loop, eof", "/, rst", "/loop, rst", "/, violation", "/loop, violation", "/, stop", "/loop, stop",
				"/, twice", "/loop, twice" })
		void isToldOnce(String path, String how) {
			RecordingHandler handler = new RecordingHandler((session, what) -> {
				switch (what) {
					case "text close" -> session.close(CloseStatus.of(4000));
					case "text twice" -> {
						session.close(CloseStatus.of(4000));
						session.close(CloseStatus.of(4001));
					}
					default -> {
						// nothing
					}
				}
			});
			try (RunningServer server = new RunningServer(handler)) {
				RawClient client = server.open(path);
				handler.expect("open");
				switch (how) {
					case "clean" -> {
						client.closeInOrder();
						handler.expect("close 1000");
					}
					case "server", "twice" -> {
						client.sendText(how.equals("server") ? "close" : how);
						handler.next();
						client.expectClose(4000);
						client.sendText("ignored");
						client.sendClose(4000);
						client.expectEof();
						handler.expect("close 4000");
					}
					case "both" -> {
						client.send(RawClient.textFrame("close"));
						handler.next();
						client.sendClose(4002);
						int code = client.readFrame().closeCode(); // a worker may be
																	// second
						assertThat(code).isIn(path.equals("/") ? List.of(4000, 4002) : List.of(4000));
						client.expectEof();
						handler.expect("close " + code);
					}
					case "eof" -> {
						client.halfClose();
						client.expectEof();
						handler.expect("close 1006");
					}
					case "rst" -> {
						client.reset();
						handler.expect("close 1006");
					}
					case "violation" -> {
						client.send(new byte[] { (byte) 0xFF, 0 });
						client.expectClose(1002);
						handler.expect("close 1002");
					}
					case "stop" -> {
						server.server.stop();
						client.expectClose(1001);
						client.sendClose(1001);
						client.expectEof();
						handler.expect("close 1001");
					}
					default -> throw new IllegalStateException(how);
				}
				client.close();
				if (!how.equals("stop")) {
					server.settle();
				}
				handler.expectNothing();
			}
			handler.expectNothing();
		}

		@ParameterizedTest
		@CsvSource({ "/, open, exception", "/loop, open, exception", "/, text x, error", "/loop, text x, error",
				"/, close 1000, error", "/loop, close 1000, error", "/, pong p, exception", "/loop, pong p, error" })
		void isToldOnceThoughACallbackFails(String path, String callback, String kind) {
			RecordingHandler handler = new RecordingHandler((session, what) -> {
				if (what.equals(callback)) {
					if (kind.equals("error")) {
						throw new StackOverflowError("as asked");
					}
					throw new Exception("as asked");
				}
			});
			try (RunningServer server = new RunningServer(handler)) {
				RawClient client = server.open(path);
				if (callback.equals("close 1000")) {
					client.closeInOrder();
					handler.expect("open");
					handler.expect("close 1000");
					handler.expect("error as asked");
				}
				else {
					client.send(
							callback.startsWith("text") ? RawClient.textFrame("x") : RawClient.frame(0x8A, (byte) 'p'));
					client.expectClose(1011);
					client.sendClose(1011);
					client.expectEof();
					String what = handler.next().what();
					while (!what.equals(callback)) {
						what = handler.next().what();
					}
					handler.expect("error as asked");
					Call last = handler.next();
					while (!last.what().startsWith("close")) {
						last = handler.next(); // came before the worker closed
					}
					assertThat(last.what()).isEqualTo("close 1011");
				}
				server.settle();
				handler.expectNothing();
			}
		}

		@Test
		void aHandlerThatDealsWithItsErrorsGoesOn() {
			try (RunningServer server = new RunningServer(new WsHandler() {

				@Override
				public void onText(WsSession session, String text) {
					throw new IllegalStateException(text);
				}

				@Override
				public void onError(WsSession session, Throwable error) {
					session.send("caught " + error.getMessage());
				}

			})) {
				RawClient client = server.open("/");
				client.sendText("a");
				assertThat(client.readText()).isEqualTo("caught a");
				client.sendText("b");
				assertThat(client.readText()).isEqualTo("caught b");
				client.closeInOrder();
			}
		}

		@Test
		void anUndeclaredKindOfMessageCloses1003() {
			try (RunningServer server = new RunningServer(new WsHandler() {
			})) {
				RawClient client = server.open("/");
				client.sendText("a");
				client.expectClose(1003);
			}
		}

	}

	@Nested
	class Sending {

		private final RecordingHandler handler = new RecordingHandler();

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void inOnOpenComesBehindThe101(String path) {
			try (RunningServer server = new RunningServer(new RecordingHandler((session, what) -> {
				session.send("hello");
				session.ping(ByteBuffer.wrap(new byte[] { 1 }));
				session.close();
			}))) {
				RawClient client = server.open(path);
				assertThat(client.readText()).isEqualTo("hello");
				assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PING);
				client.expectClose(1000);
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void fromManyThreadsKeepsMessagesWholeAndEachThreadsOrder(String path) throws Exception {
			int threads = 6;
			int messages = 400;
			try (RunningServer server = new RunningServer(this.handler, (options) -> options.fragmentationThreshold(500)
				.outbound(new OutboundOptions(100_000, 10_000, OverflowPolicy.BLOCK, Duration.ZERO)))) {
				RawClient client = server.open(path);
				WsSession session = this.handler.expectOpen();
				List<Thread> senders = new ArrayList<>();
				for (int i = 0; i < threads; i++) {
					int name = i;
					senders.add(new Thread(() -> {
						for (int j = 0; j < messages; j++) {
							String text = name + ":" + j + ":" + "x".repeat((j * 37) % 1500);
							if (j % 3 == 0) {
								session.sendAsync(Message.text(text));
							}
							else {
								session.send(text);
							}
						}
					}));
				}
				senders.forEach(Thread::start);
				int[] next = new int[threads];
				for (int i = 0; i < threads * messages; i++) {
					if (i % 50 == 0) {
						client.sendPing("p");
					}
					String[] parts = readMessage(client).split(":", -1);
					int sender = Integer.parseInt(parts[0]);
					int number = Integer.parseInt(parts[1]);
					assertThat(number).isEqualTo(next[sender]++);
					assertThat(parts[2]).hasSize((number * 37) % 1500);
				}
				for (Thread sender : senders) {
					sender.join(10_000);
				}
				assertThat(session.send("end")).isEqualTo(SendResult.QUEUED);
				assertThat(readMessage(client)).isEqualTo("end");
			}
		}

		/** A message in as many frames as it comes, with Pongs between them. */
		private static String readMessage(RawClient client) {
			StringBuilder text = new StringBuilder();
			while (true) {
				Frame frame = client.readFrame();
				if (frame.opcode() == RawClient.PONG) {
					continue;
				}
				assertThat(frame.opcode()).isEqualTo((text.length() == 0) ? RawClient.TEXT : 0);
				text.append(frame.text());
				if (frame.fin()) {
					return text.toString();
				}
				assertThat(frame.payload()).hasSize(500);
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void splitsAboveTheThreshold(String path) {
			try (RunningServer server = new RunningServer(
					new RecordingHandler((session, what) -> session.send(ByteBuffer.wrap(new byte[25]))),
					(options) -> options.fragmentationThreshold(10))) {
				RawClient client = server.open(path);
				List<Frame> frames = IntStream.range(0, 3).mapToObj((i) -> client.readFrame()).toList();
				assertThat(frames).extracting(Frame::opcode).containsExactly(RawClient.BINARY, 0, 0);
				assertThat(frames).extracting(Frame::fin).containsExactly(false, false, true);
				assertThat(frames).extracting((frame) -> frame.payload().length).containsExactly(10, 10, 5);
			}
		}

		@Test
		void tellsWhenAMessageHasLeft() throws Exception {
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open("/");
				WsSession session = this.handler.expectOpen();
				session.sendAsync(Message.binary(new byte[3])).toCompletableFuture().get(10, TimeUnit.SECONDS);
				assertThat(client.readFrame().payload()).hasSize(3);
				client.closeInOrder();
				this.handler.expect("close 1000");
				assertThat(session.sendAsync(Message.text("late"))).isCompletedExceptionally();
				assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> session.sendAsync(Message.text("late")).toCompletableFuture().get())
					.withCauseInstanceOf(SessionClosedException.class);
			}
		}

		/**
		 * What is told of one message may send another: while the loop is at its turn,
		 * and while it writes what exceeds its buffer.
		 */
		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void fromACompletionDisturbsNothing(String path) {
			try (RunningServer server = new RunningServer(new RecordingHandler((session, what) -> {
				if (what.startsWith("text")) {
					session.sendAsync(Message.text("first")).thenRun(() -> session.send("then"));
					session.send("x".repeat(100_000));
					session.send("last");
				}
			}), (options) -> options.fragmentationThreshold(0))) {
				RawClient client = server.open(path);
				for (int i = 0; i < 20; i++) {
					client.sendText("go");
					List<String> texts = IntStream.range(0, 4).mapToObj((j) -> client.readText()).toList();
					assertThat(texts).containsExactlyInAnyOrder("first", "then", "x".repeat(100_000), "last")
						.containsSubsequence("first", "x".repeat(100_000), "last")
						.containsSubsequence("first", "then");
				}
				client.closeInOrder();
			}
		}

		/** One loop's buffer must not serve two turns at once. */
		@Test
		void whileAnotherSessionsHandshakeIsDecidedInACallback() throws Exception {
			CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
			WsHandler handler = new WsHandler() {

				@Override
				public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
					return (request.query() != null) ? decision
							: CompletableFuture.completedFuture(HandshakeDecision.accept());
				}

				@Override
				public void onBinary(WsSession session, ByteBuffer payload) {
					if (session.handshake().query() == null) {
						session.send("before");
						decision.complete(HandshakeDecision.accept());
						session.send(payload);
					}
					else {
						session.send("for the other: " + payload.remaining());
					}
				}

			};
			try (RunningServer server = new RunningServer(handler)) {
				RawClient other = server.connect();
				other.send(RawClient.head("/loop?wait"));
				other.sendBinary("xxxx".getBytes(StandardCharsets.UTF_8));
				server.settle();
				RawClient client = server.open("/loop");
				client.sendBinary("mine".getBytes(StandardCharsets.UTF_8));
				assertThat(client.readText()).isEqualTo("before");
				assertThat(client.readFrame().text()).isEqualTo("mine");
				other.expectSwitch();
				assertThat(other.readText()).isEqualTo("for the other: 4");
				other.closeInOrder();
				client.closeInOrder();
			}
		}

		@Test
		void convertsStringsBytesAndMessages() {
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open("/");
				WsSession session = this.handler.expectOpen();
				session.convertAndSend("text");
				session.convertAndSend(new StringBuilder("builder"));
				session.convertAndSend(new byte[] { 1 });
				session.convertAndSend(Message.text("message"));
				assertThat(client.readText()).isEqualTo("text");
				assertThat(client.readText()).isEqualTo("builder");
				assertThat(client.readFrame().payload()).containsExactly(1);
				assertThat(client.readText()).isEqualTo("message");
				assertThatIllegalArgumentException().isThrownBy(() -> session.convertAndSend(1))
					.withMessageContaining("java.lang.Integer");
			}
		}

		@Test
		void convertsAsTheConverterSays() {
			try (RunningServer server = new RunningServer(this.handler, (options) -> {
			}, (builder) -> builder.converter((payload) -> Message.text("<" + payload + ">")))) {
				RawClient client = server.open("/");
				this.handler.expectOpen().convertAndSend(1);
				assertThat(client.readText()).isEqualTo("<1>");
				assertThat(server.server.sessions().convertAndBroadcast(2)).isOne();
				assertThat(client.readText()).isEqualTo("<2>");
			}
		}

		@Test
		void takesOverTheBuffer() {
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open("/");
				ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 0, 1, 2, 3, 4 }).position(1).limit(4);
				this.handler.expectOpen().send(buffer);
				assertThat(buffer.position()).isEqualTo(4);
				buffer.put(2, (byte) 99);
				assertThat(client.readFrame().payload()).containsExactly(1, 2, 3);
			}
		}

	}

	@Nested
	class ControlFrames {

		private final RecordingHandler handler = new RecordingHandler();

		@ParameterizedTest
		@ValueSource(strings = { "", "x", "125" })
		void aPingIsAnsweredWithItsPayload(String payload) {
			String sent = payload.equals("125") ? "y".repeat(125) : payload;
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open("/");
				client.sendPing(sent);
				Frame pong = client.readFrame();
				assertThat(pong.opcode()).isEqualTo(RawClient.PONG);
				assertThat(pong.text()).isEqualTo(sent);
			}
		}

		@Test
		void anApplicationsPingIsItsOwnToHearOf() {
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open("/");
				WsSession session = this.handler.expectOpen();
				ByteBuffer payload = ByteBuffer.wrap("mark".getBytes(StandardCharsets.UTF_8));
				assertThat(session.ping(payload)).isEqualTo(SendResult.QUEUED);
				assertThat(payload.hasRemaining()).isFalse();
				Frame ping = client.readFrame();
				assertThat(ping.opcode()).isEqualTo(RawClient.PING);
				client.send(RawClient.frame(0x8A, ping.payload()));
				this.handler.expect("pong mark");
				assertThatIllegalArgumentException().isThrownBy(() -> session.ping(ByteBuffer.allocate(126)))
					.withMessageContaining("RFC 6455 §5.5");
			}
		}

		@Test
		void anApplicationMaySendAPongThatNobodyAskedFor() {
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open("/");
				WsSession session = this.handler.expectOpen();
				ByteBuffer payload = ByteBuffer.wrap("alive".getBytes(StandardCharsets.UTF_8));
				assertThat(session.pong(payload)).isEqualTo(SendResult.QUEUED);
				assertThat(payload.hasRemaining()).isFalse();
				Frame pong = client.readFrame();
				assertThat(pong.opcode()).isEqualTo(RawClient.PONG);
				assertThat(pong.text()).isEqualTo("alive");
				assertThatIllegalArgumentException().isThrownBy(() -> session.pong(ByteBuffer.allocate(126)))
					.withMessageContaining("RFC 6455 §5.5");
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 1004, 1005, 1006, 1015, 2999 })
		void aCodeThatMustNotBeSentIsRefused(int code) {
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open("/");
				WsSession session = this.handler.expectOpen();
				assertThatIllegalArgumentException().isThrownBy(() -> session.close(CloseStatus.of(code)))
					.withMessageContaining("RFC 6455 §7.4");
				assertThat(session.isOpen()).isTrue();
				client.closeInOrder();
			}
		}

	}

	@Nested
	class Properties {

		private final RecordingHandler handler = new RecordingHandler();

		@Test
		void idsAreLongAndAllDifferent() {
			try (RunningServer server = new RunningServer(this.handler)) {
				List<String> ids = IntStream.range(0, 50).mapToObj((i) -> {
					server.open("/");
					return this.handler.expectOpen().id();
				}).toList();
				assertThat(ids).doesNotHaveDuplicates().allMatch((id) -> id.matches("[0-9a-f]{32}"));
			}
		}

		@Test
		void attributesPrincipalAndHandshake() {
			try (RunningServer server = new RunningServer(new WsHandler() {

				@Override
				public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
					return CompletableFuture.completedFuture(
							HandshakeDecision.accept().withAttribute("room", "blue").withPrincipal(() -> "ann"));
				}

				@Override
				public void onText(WsSession session, String text) {
					Object before = session.attributes().put("last", text);
					session.send(session.attributes().get("room") + " " + session.principal().orElseThrow().getName()
							+ " " + session.handshake().query() + " " + before);
				}

			})) {
				RawClient client = server.open("/?a=b");
				client.sendText("1");
				assertThat(client.readText()).isEqualTo("blue ann a=b null");
				client.sendText("2");
				assertThat(client.readText()).isEqualTo("blue ann a=b 1");
				assertThat(server.server.sessions().ofPrincipal("ann").count()).isOne();
				assertThat(server.server.sessions().ofPrincipal("bob").count()).isZero();
			}
		}

		@ParameterizedTest
		@CsvSource({ "'v1, v2', v2", "'v1', v1", "'x', ", "'V2', " })
		void theServersFirstSubprotocolThatIsOfferedIsChosen(String offer, String chosen) {
			try (RunningServer server = new RunningServer(this.handler, (options) -> {
			}, (builder) -> builder.handler("/sub", this.handler,
					EndpointOptions.DEFAULTS.withSubprotocols("v2", "v1")))) {
				RawClient client = server.connect();
				client.send(RawClient.head("/sub", "Sec-WebSocket-Protocol: " + offer));
				assertThat(client.expectSwitch().headers().get("sec-websocket-protocol")).isEqualTo(chosen);
				assertThat(this.handler.expectOpen().subprotocol().orElse(null)).isEqualTo(chosen);
			}
		}

	}

	@Nested
	class Broadcast {

		private final RecordingHandler handler = new RecordingHandler();

		private RunningServer start() {
			return new RunningServer(this.handler, (options) -> options.eventLoops(2),
					(builder) -> builder.handler("/chat/{room}", this.handler));
		}

		@Test
		void findsAndCounts() {
			try (RunningServer server = start()) {
				server.open("/chat/red");
				WsSession red = this.handler.expectOpen();
				server.open("/chat/blue");
				this.handler.expectOpen();
				RawClient plain = server.open("/");
				WsSession other = this.handler.expectOpen();
				var all = server.server.sessions();
				assertThat(all.count()).isEqualTo(3);
				assertThat(all.at("/chat/{room}").count()).isEqualTo(2);
				assertThat(all.at("/nowhere").count()).isZero();
				assertThat(all.withPathVariable("room", "red").stream()).containsExactly(red);
				assertThat(all.except(red).count()).isEqualTo(2);
				assertThat(all.find(red.id())).contains(red);
				assertThat(all.at("/").find(red.id())).isEmpty();
				assertThat(all.where((session) -> session == other).find(other.id())).contains(other);
				assertThat(server.server.stats().endpoints()).extracting((stats) -> stats.connections())
					.containsExactly(1L, 0L, 0L, 2L);
				plain.closeInOrder();
				this.handler.expect("close 1000");
				assertThat(all.count()).isEqualTo(2);
				assertThat(all.find(other.id())).isEmpty();
			}
		}

		@Test
		void findsByPathVariablesWhileSessionsComeAndGo() {
			try (RunningServer server = new RunningServer(this.handler, (options) -> options.eventLoops(2),
					(builder) -> builder.handler("/{area}/rooms/{room}", this.handler)
						.handler("/rooms/{room}", this.handler))) {
				RawClient first = server.open("/north/rooms/red");
				WsSession north = this.handler.expectOpen();
				server.open("/south/rooms/red");
				WsSession south = this.handler.expectOpen();
				server.open("/rooms/red%20blue");
				WsSession encoded = this.handler.expectOpen();
				server.open("/rooms/red");
				WsSession plain = this.handler.expectOpen();
				var all = server.server.sessions();
				var red = all.withPathVariable("room", "red");
				assertThat(red.stream()).containsExactlyInAnyOrder(north, south, plain);
				assertThat(red.at("/{area}/rooms/{room}").stream()).containsExactlyInAnyOrder(north, south);
				assertThat(red.withPathVariable("area", "north").stream()).containsExactly(north);
				assertThat(all.withPathVariable("area", "north").withPathVariable("room", "blue").stream()).isEmpty();
				assertThat(red.where((session) -> session != plain).except(north).stream()).containsExactly(south);
				assertThat(red.except(south).withPathVariable("area", "south").count()).isZero();
				assertThat(all.withPathVariable("room", "red blue").stream()).containsExactly(encoded);
				assertThat(all.withPathVariable("nothing", "red").count()).isZero();
				assertThat(red.find(north.id())).contains(north);
				assertThat(red.find(encoded.id())).isEmpty();
				assertThat(red.broadcast("hello")).isEqualTo(3);
				assertThat(first.readText()).isEqualTo("hello");
				first.closeInOrder();
				this.handler.expect("close 1000");
				assertThat(red.stream()).containsExactlyInAnyOrder(south, plain);
				assertThat(all.withPathVariable("area", "north").count()).isZero();
				assertThat(red.find(north.id())).isEmpty();
				server.open("/north/rooms/red");
				WsSession again = this.handler.expectOpen();
				assertThat(all.withPathVariable("area", "north").stream()).containsExactly(again);
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "worker", "/", "/loop" })
		void reachesAllInOrderFromAnyThread(String from) {
			int clients = 20;
			int messages = 50;
			RecordingHandler handler = new RecordingHandler((session, what) -> {
				if (what.equals("text go")) {
					broadcastAll(session, messages);
				}
			});
			try (RunningServer server = new RunningServer(handler, (options) -> options.eventLoops(2))) {
				SERVER.set(server.server);
				List<RawClient> all = IntStream.range(0, clients)
					.mapToObj((i) -> server.open((i % 2 == 0) ? "/" : "/loop"))
					.toList();
				all.forEach((client) -> handler.expectOpen());
				if (from.equals("worker")) {
					broadcastAll(server.server.sessions().stream().findFirst().orElseThrow(), messages);
				}
				else {
					all.get(from.equals("/") ? 0 : 1).sendText("go");
				}
				for (RawClient client : all) {
					for (int i = 0; i < messages; i++) {
						assertThat(client.readText()).isEqualTo(i + " of 20");
					}
				}
			}
		}

		private static final AtomicReference<WsServer> SERVER = new AtomicReference<>();

		private static void broadcastAll(WsSession sender, int messages) {
			for (int i = 0; i < messages; i++) {
				assertThat(SERVER.get().sessions().broadcast(i + " of 20")).isEqualTo(20);
			}
		}

		/** What has been queued before is written all the same. */
		@Test
		void whoseConditionFailsLeavesNoSessionStuck() {
			try (RunningServer server = start()) {
				List<RawClient> all = IntStream.range(0, 5).mapToObj((i) -> server.open("/")).toList();
				all.forEach((client) -> this.handler.expectOpen());
				AtomicInteger tested = new AtomicInteger();
				assertThatExceptionOfType(IllegalStateException.class)
					.isThrownBy(() -> server.server.sessions().where((session) -> {
						if (tested.incrementAndGet() == 4) {
							throw new IllegalStateException("as asked");
						}
						return true;
					}).broadcast("some"));
				assertThat(server.server.sessions().broadcast("all")).isEqualTo(5);
				int some = 0;
				for (RawClient client : all) {
					String text = client.readText();
					if (text.equals("some")) {
						some++;
						text = client.readText();
					}
					assertThat(text).isEqualTo("all");
				}
				assertThat(some).isEqualTo(3);
			}
		}

	}

	@Test
	void countsMessagesAndBytes() {
		RecordingHandler handler = new RecordingHandler((session, what) -> {
			if (what.equals("text ab")) {
				session.send("abc");
			}
		});
		try (RunningServer server = new RunningServer(handler)) {
			RawClient client = server.open("/");
			client.sendText("ab");
			assertThat(client.readText()).isEqualTo("abc");
			client.sendPing("1234");
			assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
			var stats = server.server.stats().endpoints().get(0);
			Map<String, Long> counts = new HashMap<>();
			for (var direction : WsServerStats.Direction.values()) {
				for (var type : WsServerStats.MessageType.values()) {
					counts.put(direction + " " + type,
							stats.messages(direction, type) * 1000 + stats.bytes(direction, type));
				}
			}
			counts.values().removeIf((count) -> count == 0);
			assertThat(counts).containsOnly(Map.entry("IN TEXT", 1002L), Map.entry("OUT TEXT", 1003L),
					Map.entry("IN PING", 1004L), Map.entry("OUT PONG", 1004L));
		}
	}

	private static void await(CountDownLatch latch) {
		Awaitility.await().until(() -> latch.getCount() == 0);
	}

}
