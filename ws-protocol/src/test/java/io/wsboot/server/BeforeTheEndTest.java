package io.wsboot.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient.Frame;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.loop.LoopThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What a client has sent whole before it closes, or breaks the protocol, is handled and
 * answered before the Close frame, wherever handlers run and however long they take; the
 * close timeout is the limit.
 */
class BeforeTheEndTest {

	/** Keeps callbacks on workers until the server has read all that was sent. */
	private final CountDownLatch gate = new CountDownLatch(1);

	private final LinkedBlockingQueue<String> calls = new LinkedBlockingQueue<>();

	private final WsHandler echo = new WsHandler() {

		@Override
		public void onOpen(WsSession session) throws Exception {
			pass();
			BeforeTheEndTest.this.session = session;
		}

		@Override
		public void onText(WsSession session, String text) throws Exception {
			BeforeTheEndTest.this.calls.add(text);
			pass();
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) throws Exception {
			pass();
			session.send(payload);
		}

		@Override
		public void onClose(WsSession session, CloseStatus status) {
			BeforeTheEndTest.this.calls.add("close " + status.code());
		}

	};

	private volatile WsSession session;

	private RunningServer server;

	private ExecutorService executor;

	private void pass() throws Exception {
		if (LoopThread.mayWait()) {
			assertThat(this.gate.await(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	private void start(HandlerThreads threads, Wire wire, boolean compressed) {
		this.executor = threads.executor();
		this.server = wire.start(new RecordingHandler(),
				(options) -> options.maxFrameSize(100_000)
					.maxMessageSize(200_000)
					.compression(new CompressionOptions(compressed, 6, 1, false)),
				(builder) -> builder.executor(this.executor).handler("/under-test", this.echo, threads.options));
	}

	@AfterEach
	void stop() throws Exception {
		this.gate.countDown();
		this.server.close();
		this.executor.shutdown();
		assertThat(this.executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	private String next() throws InterruptedException {
		String next = this.calls.poll(10, TimeUnit.SECONDS);
		assertThat(next).as("a callback").isNotNull();
		return next;
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	/** The numbers are those of cases of the Autobahn test suite. */
	private static final List<Arguments> ENDS = List.of(
			arguments("3.2 RSV 2, Ping", "81 85 00000000 48656C6C6F", "A1 85 00000000 48656C6C6F 89 80 00000000", 1002),
			arguments("3.3 RSV 3, Ping", "81 85 00000000 48656C6C6F", "B1 85 00000000 48656C6C6F 89 80 00000000", 1002),
			arguments("4.1.3 opcode 5, Ping", "81 85 00000000 48656C6C6F", "85 80 00000000 89 80 00000000", 1002),
			arguments("4.1.4 opcode 6, Ping", "81 85 00000000 48656C6C6F", "86 81 00000000 61 89 80 00000000", 1002),
			arguments("4.2.3 opcode 13, Ping", "81 85 00000000 48656C6C6F", "8D 80 00000000 89 80 00000000", 1002),
			arguments("4.2.4 opcode 14, Ping", "81 85 00000000 48656C6C6F", "8E 81 00000000 61 89 80 00000000", 1002),
			arguments("4.2.5 opcode 15, Ping", "81 85 00000000 48656C6C6F", "8F 81 00000000 61 89 80 00000000", 1002),
			arguments("5.15 continuation of nothing", "01 83 00000000 48656C 80 82 00000000 6C6F",
					"00 81 00000000 61 81 81 00000000 62", 1002),
			arguments("text that is not UTF-8", "81 85 00000000 48656C6C6F", "81 81 00000000 FF", 1007),
			arguments("a frame too big", "81 85 00000000 48656C6C6F", "82 FF 0000000000FFFFFF 00000000", 1009),
			arguments("a bad close code", "81 85 00000000 48656C6C6F", "88 82 00000000 03ED", 1002),
			arguments("an unfinished message, no mask", "81 85 00000000 48656C6C6F", "01 81 00000000 61 81 00", 1002),
			arguments("the client's Close", "81 85 00000000 48656C6C6F", "88 82 00000000 03E8 89 80 00000000", 1000));

	static Stream<Arguments> ends() {
		return HandlerThreads.all()
			.flatMap((threads) -> Stream.of(Wire.values())
				.flatMap((wire) -> ENDS.stream()
					.map(Arguments::get)
					.map((end) -> arguments(end[0], threads, wire, wire == Wire.TLS_1_3, end[1], end[2], end[3]))));
	}

	@ParameterizedTest(name = "{0}, {1}, {2}, compressed: {3}")
	@MethodSource("ends")
	void isAnsweredBeforeTheClose(String end, HandlerThreads threads, Wire wire, boolean compressed, String message,
			String last, int code) throws Exception {
		start(threads, wire, compressed);
		String offer = compressed ? "permessage-deflate" : "";
		try (DeflateClient inOneWrite = DeflateClient.open(this.server, "/under-test", offer);
				DeflateClient inTwoWrites = DeflateClient.open(this.server, "/under-test", offer)) {
			inOneWrite.raw().send(hex(message + last));
			inTwoWrites.raw().send(hex(message));
			this.server.settle();
			inTwoWrites.raw().send(hex(last));
			this.server.settle();
			this.gate.countDown();
			for (DeflateClient client : List.of(inOneWrite, inTwoWrites)) {
				assertThat(client.read().text()).isEqualTo("Hello");
				client.raw().expectClose(code);
				client.raw().expectEof();
			}
		}
		List<String> all = List.of(next(), next(), next(), next());
		assertThat(all).containsExactlyInAnyOrder("Hello", "Hello", "close " + code, "close " + code);
		this.server.expectNothingLeft();
	}

	static Stream<Arguments> allThreads() {
		return HandlerThreads.all().flatMap((threads) -> Stream.of(1000, 1002).map((code) -> arguments(threads, code)));
	}

	static Stream<Arguments> workers() {
		return allThreads().filter((arguments) -> !arguments.get()[0].toString().contains("LOOP"));
	}

	private static byte[] end(int code) {
		return (code == 1000) ? RawClient.closeFrame(1000) : hex("85 80 00000000");
	}

	@ParameterizedTest
	@MethodSource("allThreads")
	void isAnsweredHoweverMuchItIs(HandlerThreads threads, int code) throws Exception {
		start(threads, Wire.PLAIN, false);
		RawClient client = this.server.open("/under-test");
		this.gate.countDown();
		List<String> texts = IntStream.range(0, 2000).mapToObj(Integer::toString).toList();
		client.send(texts.stream().map(RawClient::textFrame).toArray(byte[][]::new));
		client.send(end(code), RawClient.textFrame("late"));
		List<String> answers = new ArrayList<>();
		Frame frame = client.readFrame();
		for (; frame.opcode() == RawClient.TEXT; frame = client.readFrame()) {
			answers.add(frame.text());
		}
		assertThat(frame.closeCode()).isEqualTo(code);
		client.expectEof();
		if (threads == HandlerThreads.CONCURRENT) {
			assertThat(answers).containsExactlyInAnyOrderElementsOf(texts);
		}
		else {
			assertThat(answers).isEqualTo(texts);
		}
		for (int i = 0; i < texts.size(); i++) {
			assertThat(next()).isNotEqualTo("late");
		}
		assertThat(next()).isEqualTo("close " + code);
	}

	/** The answers fill the socket, and whoever makes more of them has to wait. */
	@ParameterizedTest
	@MethodSource("allThreads")
	void isAnsweredThoughTheClientIsSlowToTakeIt(HandlerThreads threads, int code) throws Exception {
		start(threads, Wire.PLAIN, false);
		RawClient client = this.server.openWithSmallWindow("/under-test");
		this.gate.countDown();
		int messages = 200;
		Thread sender = new Thread(() -> {
			byte[] big = RawClient.frame(0x82, new byte[50_000]);
			for (int i = 0; i < messages; i++) {
				client.send(big);
			}
			client.send(end(code));
		});
		sender.start();
		for (int i = 0; i < messages; i++) {
			assertThat(client.readFrame().payload()).hasSize(50_000);
		}
		client.expectClose(code);
		sender.join();
		assertThat(next()).isEqualTo("close " + code);
	}

	/** A handler that does not come back. */
	@ParameterizedTest
	@MethodSource("workers")
	void theCloseWaitsForTheCloseTimeoutAndNoLonger(HandlerThreads threads, int code) throws Exception {
		start(threads, Wire.PLAIN, false);
		RawClient client = this.server.open("/under-test");
		client.send(RawClient.textFrame("one"), RawClient.textFrame("two"), end(code));
		this.server.settle();
		assertThat(this.session == null || this.session.isOpen()).isTrue();
		this.server.advance(Duration.ofSeconds(4));
		assertThat(client.hasNothing()).isTrue();
		this.server.advance(Duration.ofMillis(1100));
		client.expectClose(code);
		client.expectEof();
		client.close();
		this.server.expectNothingLeft();
		this.gate.countDown();
		List<String> all = new ArrayList<>();
		while (!all.contains("close " + code)) {
			all.add(next());
		}
		if (threads == HandlerThreads.TEXT_ON_WORKER) { // else onOpen was the one that
														// ran
			assertThat(all).containsExactly("one", "close " + code);
		}
		else {
			assertThat(all).containsExactly("close " + code);
		}
	}

	/** As if it had come before what the client did, as on an event loop. */
	@ParameterizedTest
	@MethodSource("workers")
	void theApplicationMayCloseMeanwhile(HandlerThreads threads, int code) throws Exception {
		start(threads, Wire.PLAIN, false);
		RawClient client = this.server.open("/under-test");
		client.send(RawClient.textFrame("one"), RawClient.textFrame("two"), end(code));
		this.server.settle();
		assertThat(this.server.server.sessions().at("/under-test").where(WsSession::isOpen).count()).isOne();
		this.server.server.sessions().at("/under-test").close(CloseStatus.of(4401));
		client.expectClose(4401);
		client.expectEof();
		this.gate.countDown();
		List<String> all = new ArrayList<>();
		while (!all.contains("close 4401")) {
			all.add(next());
		}
		assertThat(all).doesNotContain("two");
	}

	/** It may be reset or have ended its half: what it has sent is for the handler. */
	@ParameterizedTest
	@MethodSource("workers")
	void isHandledThoughTheClientIsGone(HandlerThreads threads, int code) throws Exception {
		start(threads, Wire.PLAIN, false);
		RawClient client = this.server.open("/under-test");
		client.send(RawClient.textFrame("one"), RawClient.textFrame("two"));
		this.server.settle();
		if (code == 1000) {
			client.reset();
		}
		else {
			client.halfClose();
		}
		this.server.expectNothingLeft();
		this.gate.countDown();
		assertThat(List.of(next(), next())).containsExactlyInAnyOrder("one", "two");
		assertThat(next()).isEqualTo("close 1006");
	}

	/** The end of the client's half behind its Close frame is no loss. */
	@ParameterizedTest
	@MethodSource("allThreads")
	void isAnsweredThoughTheClientHasEndedItsHalf(HandlerThreads threads, int code) throws Exception {
		start(threads, Wire.PLAIN, false);
		RawClient client = this.server.open("/under-test");
		client.send(RawClient.textFrame("one"), end(code));
		client.halfClose();
		this.server.settle();
		this.gate.countDown();
		assertThat(client.readText()).isEqualTo("one");
		client.expectClose(code);
		client.expectEof();
		this.server.expectNothingLeft();
	}

}
