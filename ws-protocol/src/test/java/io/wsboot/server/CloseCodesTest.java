package io.wsboot.server;

import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;

import io.wsboot.server.RawClient.Frame;
import io.wsboot.server.config.InboundOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * How a peer is told what it did wrong: the code, as one that reads late sees it.
 */
class CloseCodesTest {

	private final RecordingHandler handler = new RecordingHandler((session, what) -> {
		if (what.equals("text fail")) {
			throw new IllegalStateException("as asked");
		}
		if (what.startsWith("text")) {
			session.send("ok");
		}
	});

	private final RunningServer server = new RunningServer(this.handler,
			(options) -> options.maxFrameSize(1000)
				.maxMessageSize(2000)
				.maxFragments(3)
				.inbound(new InboundOptions(256, 1 << 20, 10, 20)));

	@AfterEach
	void close() {
		this.server.expectNothingLeft();
		this.server.close();
		this.handler.expectNothing();
	}

	static Stream<Arguments> violations() {
		return Stream.of(arguments("RSV1 (RFC 6455 §5.2)", "C1 80 00000000", 1002),
				arguments("RSV3 (RFC 6455 §5.2)", "91 80 00000000", 1002),
				arguments("reserved data opcode (RFC 6455 §5.2)", "83 80 00000000", 1002),
				arguments("reserved control opcode (RFC 6455 §5.2)", "8B 80 00000000", 1002),
				arguments("no mask (RFC 6455 §5.1)", "81 01 61", 1002),
				arguments("continuation of nothing (RFC 6455 §5.4)", "80 80 00000000", 1002),
				arguments("message within a message (RFC 6455 §5.4)", "01 80 00000000 81 80 00000000", 1002),
				arguments("fragmented Ping (RFC 6455 §5.5)", "09 80 00000000", 1002),
				arguments("Ping of 126 (RFC 6455 §5.5)", "89 FE 007E 00000000", 1002),
				arguments("one byte of close code (RFC 6455 §5.5.1)", "88 81 00000000 03", 1002),
				arguments("close code 1005 (RFC 6455 §7.4.1)", "88 82 00000000 03ED", 1002),
				arguments("close code 999 (RFC 6455 §7.4.2)", "88 82 00000000 03E7", 1002),
				arguments("length of 125 in 16 bits (RFC 6455 §5.2)", "82 FE 007D 00000000", 1002),
				arguments("length of 65535 in 64 bits (RFC 6455 §5.2)", "82 FF 000000000000FFFF 00000000", 1002),
				arguments("length with the highest bit (RFC 6455 §5.2)", "82 FF 8000000000000000 00000000", 1002),
				arguments("text that is not UTF-8 (RFC 6455 §8.1)", "81 81 00000000 FF", 1007),
				arguments("the first bad byte of more to come (RFC 6455 §8.1)", "81 FE 03E8 00000000 C0", 1007),
				arguments("a character that ends with its message (RFC 6455 §8.1)", "81 81 00000000 C3", 1007),
				arguments("a bad second fragment (RFC 6455 §8.1)", "01 81 00000000 C3 80 81 00000000 C3", 1007),
				arguments("close reason that is not UTF-8 (RFC 6455 §5.5.1)", "88 83 00000000 03E8 FF", 1007),
				arguments("frame too big by one", "82 FE 03E9 00000000", 1009),
				arguments("frame too big by 2^62", "82 FF 4000000000000000 00000000", 1009),
				arguments("a fourth fragment", "02 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000", 1008));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("violations")
	void violation(String rule, String hex, int code) {
		RawClient client = this.server.open("/");
		client.send(HexFormat.of().parseHex(hex.replace(" ", "")));
		client.expectClose(code);
		client.expectEof();
		client.close();
		this.handler.expect("open");
		this.handler.expect("close " + code);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void theCloseFrameIsReadableThoughMuchInputIsLeft(String path) {
		RawClient client = this.server.open(path);
		client.send(RawClient.join(RawClient.textFrame("first"), new byte[] { (byte) 0x83, 0 }, new byte[1_000_000]));
		assertThat(client.readText()).isEqualTo("ok");
		client.expectClose(1002);
		client.expectEof();
		client.send(new byte[100_000]); // is still taken
		client.close();
		this.handler.expect("open");
		this.handler.expect("text first");
		this.handler.expect("close 1002");
	}

	@Test
	void nothingBehindAViolationIsLookedAt() {
		RawClient client = this.server.open("/loop");
		client.send(RawClient.join(new byte[] { (byte) 0x83, 0 }, RawClient.textFrame("late"),
				RawClient.frame(0x89, (byte) 1), RawClient.closeFrame(1000)));
		client.expectClose(1002);
		client.expectEof();
		client.close();
		this.handler.expect("open");
		this.handler.expect("close 1002");
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1000, binary 2000", "1000, 1001, " })
	void messagesUpToTheLimit(int first, int second, String taken) {
		RawClient client = this.server.open("/");
		client.send(RawClient.frame(0x02, new byte[first]));
		client.send(RawClient.frame(0x80, new byte[second]));
		this.handler.expect("open");
		if (taken != null) {
			this.handler.expect(taken);
			client.closeInOrder();
			this.handler.expect("close 1000");
		}
		else {
			client.expectClose(1009);
			client.close();
			this.handler.expect("close 1009");
		}
	}

	@Test
	void messagesAcrossFragmentsUpToTheLimit() {
		RawClient client = this.server.open("/");
		client.send(RawClient.frame(0x02, new byte[999]), RawClient.frame(0x00, new byte[1000]));
		client.send(RawClient.frame(0x80, new byte[2]));
		client.expectClose(1009);
		client.close();
		this.handler.expect("open");
		this.handler.expect("close 1009");
	}

	@Test
	void asManyFragmentsAsAllowed() {
		RawClient client = this.server.open("/");
		client.send(RawClient.join(RawClient.frame(0x02, (byte) 1), RawClient.frame(0x00, (byte) 1),
				RawClient.frame(0x80, (byte) 1)));
		this.handler.expect("open");
		this.handler.expect("binary 3");
		client.closeInOrder();
		this.handler.expect("close 1000");
	}

	@Test
	void messagesAboveTheRate() {
		RawClient client = this.server.open("/loop");
		for (int i = 0; i < 10; i++) {
			client.sendText("x");
			assertThat(client.readText()).isEqualTo("ok");
		}
		this.server.clock.advance(Duration.ofMillis(100));
		client.sendText("x");
		assertThat(client.readText()).isEqualTo("ok");
		this.server.clock.advance(Duration.ofMillis(99));
		client.sendText("x");
		Frame close = client.readFrame();
		assertThat(close.closeCode()).isEqualTo(1008);
		client.expectEof();
		client.close();
		this.handler.expect("open");
		for (int i = 0; i < 11; i++) {
			this.handler.expect("text x");
		}
		this.handler.expect("close 1008");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x89, 0x8A })
	void controlFramesAboveTheRate(int first) {
		RawClient client = this.server.open("/loop");
		for (int i = 0; i < 21; i++) {
			client.send(RawClient.frame(first, (byte) 'p'));
		}
		Frame frame = client.readFrame();
		while (frame.opcode() == RawClient.PONG) {
			frame = client.readFrame();
		}
		assertThat(frame.closeCode()).isEqualTo(1008);
		client.expectEof();
		client.close();
		this.handler.expect("open");
		if (first == 0x8A) {
			for (int i = 0; i < 20; i++) {
				this.handler.expect("pong p");
			}
		}
		this.handler.expect("close 1008");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void aHandlerThatFails(String path) {
		RawClient client = this.server.open(path);
		client.sendText("fail");
		client.expectClose(1011);
		client.sendClose(1011);
		client.expectEof();
		client.close();
		this.handler.expect("open");
		this.handler.expect("text fail");
		this.handler.expect("error as asked");
		this.handler.expect("close 1011");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1003, 1014, 3000, 4999 })
	void thePeersCodeIsEchoedWithoutItsReason(int code) {
		RawClient client = this.server.open("/");
		client.send(RawClient.frame(0x88, (byte) (code >> 8), (byte) code, (byte) 'x'));
		assertThat(client.readFrame().payload()).containsExactly(code >> 8, code);
		client.expectEof();
		client.close();
		this.handler.expect("open");
		this.handler.expect("close " + code);
	}

	@Test
	void aCloseWithoutCodeIsAnsweredWithoutCode() {
		RawClient client = this.server.open("/");
		client.send(RawClient.frame(0x88));
		assertThat(client.readFrame().payload()).isEmpty();
		client.expectEof();
		client.close();
		this.handler.expect("open");
		this.handler.expect("close 1005");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aPeerThatIsGoneWithoutClose(boolean reset) {
		RawClient client = this.server.open("/");
		this.handler.expect("open");
		if (reset) {
			client.reset();
		}
		else {
			client.halfClose();
			client.expectEof();
		}
		this.handler.expect("close 1006");
	}

}
