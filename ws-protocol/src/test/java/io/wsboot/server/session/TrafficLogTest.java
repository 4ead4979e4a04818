package io.wsboot.server.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.StreamedMessage;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import io.wsboot.server.TrafficLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/** What is logged of a session that somebody looks into. */
class TrafficLogTest {

	private final Logger logger = Logger.getLogger(TrafficLog.LOGGER);

	private final Lines lines = new Lines();

	@BeforeEach
	void listen() {
		this.logger.addHandler(this.lines);
		this.logger.setUseParentHandlers(false);
	}

	@AfterEach
	void ignore() {
		this.logger.removeHandler(this.lines);
		this.logger.setUseParentHandlers(true);
	}

	private static RunningServer server(RecordingHandler handler) {
		return new RunningServer(handler, (options) -> options.pingInterval(Duration.ofSeconds(20)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void hasEveryMessageAndControlFrame(String path) throws Exception {
		RecordingHandler handler = new RecordingHandler((session, what) -> {
			if (what.startsWith("text")) {
				session.send("reply");
			}
			if (what.startsWith("binary")) {
				session.send(ByteBuffer.wrap(new byte[] { 5, 6 }));
			}
		});
		try (RunningServer server = server(handler)) {
			RawClient client = server.open(path);
			WsSession session = handler.expectOpen();
			client.sendText("before");
			assertThat(client.readText()).isEqualTo("reply");
			assertThat(server.server.trafficLog().start(session.id(), 100)).isTrue();
			assertThat(server.server.trafficLog().sessions()).containsExactly(session.id());
			client.sendText("hello");
			assertThat(client.readText()).isEqualTo("reply");
			this.lines.expect("in text 5 \"hello\"", "out text 5 \"reply\"");
			client.sendBinary((byte) 1, (byte) 0xFF);
			assertThat(client.readFrame().payload()).containsExactly(5, 6);
			this.lines.expect("in binary 2 [01 ff]", "out binary 2 [05 06]");
			client.sendPing("p");
			assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
			this.lines.expect("in ping 1 [70]", "out pong 1 [70]");
			session.ping(ByteBuffer.wrap(new byte[] { 9 }));
			assertThat(client.readFrame().payload()).containsExactly(9);
			this.lines.expect("out ping 1 [09]");
			session.pong(ByteBuffer.wrap(new byte[] { 8 }));
			assertThat(client.readFrame().payload()).containsExactly(8);
			this.lines.expect("out pong 1 [08]");
			session.sendAsync(Message.text("later")).toCompletableFuture().get(10, TimeUnit.SECONDS);
			assertThat(client.readText()).isEqualTo("later");
			server.server.sessions().broadcast("to all");
			assertThat(client.readText()).isEqualTo("to all");
			this.lines.expect("out text 5 \"later\"", "out text 6 \"to all\"");
			StreamedMessage<ByteBuffer> parts = session.streamBinary();
			parts.send(ByteBuffer.wrap(new byte[] { 1 }));
			parts.send(ByteBuffer.wrap(new byte[] { 2 }));
			parts.finish();
			this.lines.expect("out binary part 1 [01]", "out binary part 1 [02]", "out binary 0 []");
			for (int i = 0; i < 3; i++) {
				client.readFrame();
			}
			client.sendClose(4001);
			client.expectClose(4001);
			this.lines.expect("out close 4001 \"\"", "ended 4001 \"\" by client");
			await().until(() -> server.server.trafficLog().sessions().isEmpty());
			this.lines.expectNothing();
		}
	}

	@Test
	void hasPingsAndClosesOfTheServer() {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = server(handler)) {
			RawClient client = server.open("/loop");
			WsSession session = handler.expectOpen();
			server.server.trafficLog().start(session.id(), 0);
			server.advance(Duration.ofSeconds(21));
			client.readFrame();
			this.lines.expect("out ping 8");
			session.close(new CloseStatus(4000, "too \n late"));
			client.expectClose(4000);
			client.sendClose(4000);
			this.lines.expect("out close 4000 \"too \\u{a} late\"", "ended 4000 \"too \\u{a} late\" by server");
		}
	}

	@Test
	void hasNothingOfOthersAndNothingOnceItIsStopped() {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = server(handler)) {
			RawClient one = server.open("/loop");
			WsSession session = handler.expectOpen();
			RawClient other = server.open("/loop");
			handler.expectOpen();
			server.server.trafficLog().start(session.id(), 100);
			other.sendText("not me");
			handler.expect("text not me");
			one.sendText("me");
			handler.expect("text me");
			this.lines.expect("in text 2 \"me\"");
			assertThat(server.server.trafficLog().stop(session.id())).isTrue();
			one.sendText("not any more");
			handler.expect("text not any more");
			assertThat(server.server.trafficLog().stop(session.id())).isFalse();
			this.lines.expectNothing();
		}
	}

	@Test
	void isOfAFewSessionsAtMost() {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = server(handler)) {
			List<String> ids = new ArrayList<>();
			for (int i = 0; i <= TrafficLog.MOST_SESSIONS; i++) {
				server.open("/loop");
				ids.add(handler.expectOpen().id());
			}
			TrafficLog log = server.server.trafficLog();
			ids.subList(0, TrafficLog.MOST_SESSIONS).forEach((id) -> assertThat(log.start(id, 1)).isTrue());
			assertThatIllegalStateException().isThrownBy(() -> log.start(ids.get(TrafficLog.MOST_SESSIONS), 1));
			assertThat(log.start(ids.get(0), 2)).isTrue();
			log.stop(ids.get(0));
			assertThat(log.start(ids.get(TrafficLog.MOST_SESSIONS), 1)).isTrue();
			assertThat(log.start("0", 1)).isFalse();
			assertThatIllegalArgumentException().isThrownBy(() -> log.start(ids.get(1), TrafficLog.MOST_PAYLOAD + 1));
			assertThatIllegalArgumentException().isThrownBy(() -> log.start(ids.get(1), -1));
		}
	}

	@Test
	void endsAfterSoManyLines() {
		try (RunningServer server = server(new RecordingHandler())) {
			SessionTrace trace = new SessionTrace("x", 1, () -> server.server.trafficLog().stop("x"));
			for (int i = 0; i < TrafficLog.MOST_LINES + 5; i++) {
				trace.text("a", 1, true);
			}
			assertThat(this.lines.all).hasSize(TrafficLog.MOST_LINES + 1);
			assertThat(List.copyOf(this.lines.all)).last().isEqualTo("session x is not logged any further");
		}
	}

	@Nested
	class Excerpts {

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`',
				value = { "abc | 3 | `\"abc\"`", "abcd | 3 | `\"abc\"...`", "äb | 2 | `\"ä\"...`", "äb | 1 | `\"\"...`",
						"€ | 2 | `\"\"...`", "€ | 3 | `\"€\"`", "😀x | 4 | `\"😀\"...`", "😀x | 3 | `\"\"...`",
						"abc | 0 | ``", "`` | 3 | `\"\"`", "`a\"b\\c` | 9 | `\"a\\\"b\\\\c\"`" })
		void areCutAtACharacter(String text, int most, String excerpt) {
			assertThat(PayloadExcerpt.ofText(text, most)).isEqualTo(excerpt);
			assertThat(PayloadExcerpt.ofText(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), most))
				.isEqualTo(excerpt);
		}

		@ParameterizedTest
		@ValueSource(ints = { 0, '\n', '\r', 0x1B, 0x7F, 0x85, 0x9B, 0x200B, 0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF,
				0xE000, 0xE0001 })
		void escapeWhatIsNotToBeSeen(int codePoint) {
			String text = "a" + Character.toString(codePoint) + "b";
			assertThat(PayloadExcerpt.ofText(text, 100)).isEqualTo("\"a\\u{" + Integer.toHexString(codePoint) + "}b\"");
		}

		@Test
		void ofBytesAreHexadecimal() {
			ByteBuffer payload = ByteBuffer.wrap(new byte[] { 0, 0x1B, (byte) 0xAB }).position(1);
			assertThat(PayloadExcerpt.ofBytes(payload, 9)).isEqualTo("[1b ab]");
			assertThat(PayloadExcerpt.ofBytes(payload, 1)).isEqualTo("[1b]...");
			assertThat(PayloadExcerpt.ofBytes(payload, 0)).isEmpty();
			assertThat(payload.remaining()).isEqualTo(2);
		}

	}

	/** Takes down what is logged. */
	private static final class Lines extends Handler {

		final BlockingQueue<String> all = new LinkedBlockingQueue<>();

		@Override
		public void publish(LogRecord line) {
			this.all.add(line.getMessage());
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

		/** The next lines, whatever the session. */
		void expect(String... expected) {
			for (String line : expected) {
				try {
					assertThat(this.all.poll(10, TimeUnit.SECONDS)).matches("session [0-9a-f]{32} .*")
						.endsWith(" " + line);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

		void expectNothing() {
			assertThat(this.all).isEmpty();
		}

	}

}
