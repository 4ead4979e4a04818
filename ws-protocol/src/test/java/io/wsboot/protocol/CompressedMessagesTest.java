package io.wsboot.protocol;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;

import com.sun.management.ThreadMXBean;
import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EverySplit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an open {@link ServerProtocol} makes of compressed messages, however they are cut.
 */
class CompressedMessagesTest {

	private static final int RSV1 = 0x40;

	private static final String HELLO = "f248cdc9c90700";

	/** The same text, of what was said before. */
	private static final String HELLO_AGAIN = "f200110000";

	private static final String[] BREACH = { "sends close 1002", "closed VIOLATION 1002" };

	private static final String[] INVALID = { "sends close 1007", "closed VIOLATION 1007" };

	private static final String[] TOO_BIG = { "sends close 1009", "closed VIOLATION 1009" };

	private static final String[] TOO_MANY = { "sends close 1008", "closed VIOLATION 1008" };

	private final Scratch scratch = new Scratch(256);

	private void everySplit(ProtocolLimits limits, Compression.Offer offer, ClientBytes frames, String... events) {
		EverySplit.forEach(frames.bytes(), (chunks) -> {
			try (Exchange exchange = Exchange.deflating(limits, this.scratch, offer)) {
				chunks.forEach(exchange::receive);
				exchange.expect(events);
				exchange.protocol.endOfInput();
				exchange.recorder.events();
				assertThat(this.scratch.inflatersHeld()).as("states held").isZero();
			}
		});
	}

	/** The same whether or not windows are kept. */
	private void everySplit(ClientBytes frames, String... events) {
		everySplit(Exchange.LIMITS, Compression.Offer.ALONE, frames, events);
		everySplit(Exchange.LIMITS, Compression.Offer.KEEPING_BOTH_WINDOWS, frames, events);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String hex(byte... bytes) {
		return HexFormat.of().withUpperCase().formatHex(bytes);
	}

	private static ProtocolLimits limits(int size, int fragments) {
		return new ProtocolLimits(8192, 8192, 100, size, size, fragments);
	}

	@Nested
	class Section6_Framing {

		@Test
		void aMessageInOneFrame() {
			everySplit(new ClientBytes().frame(FIN | RSV1 | TEXT, HELLO).frame(FIN | RSV1 | BINARY, HELLO),
					"text Hello", "binary 48656C6C6F");
		}

		@Test
		void aMessageInSeveralWithControlFramesBetween() {
			everySplit(new ClientBytes().frame(RSV1 | TEXT, "f248")
				.ping((byte) 1)
				.frame(CONTINUATION)
				.frame(CONTINUATION, "cdc9c9")
				.pong((byte) 2)
				.frame(FIN | CONTINUATION, "0700"), "ping 01", "sends 8A0101", "pong 02", "text Hello");
			everySplit(new ClientBytes().frame(RSV1 | TEXT).frame(FIN | CONTINUATION, HELLO), "text Hello");
			everySplit(new ClientBytes().frame(RSV1 | TEXT, HELLO).frame(FIN | CONTINUATION), "text Hello");
		}

		@Test
		void plainMessagesMayStandBetween() {
			everySplit(
					new ClientBytes().text("plain")
						.frame(FIN | RSV1 | TEXT, HELLO)
						.text("\u00E9")
						.frame(FIN | RSV1 | BINARY, HELLO)
						.frame(TEXT, "61")
						.frame(FIN | CONTINUATION, "62"),
					"text plain", "text Hello", "text \u00E9", "binary 48656C6C6F", "text ab");
		}

		@Test
		void onlyTheFirstFrameSaysSo() {
			everySplit(new ClientBytes().frame(RSV1 | TEXT, "f248").frame(FIN | RSV1 | CONTINUATION, "cdc9c90700"),
					BREACH);
			everySplit(new ClientBytes().frame(TEXT, "61").frame(FIN | RSV1 | CONTINUATION, "62"), BREACH);
		}

		@ParameterizedTest
		@ValueSource(ints = { ClientBytes.CLOSE, ClientBytes.PING, ClientBytes.PONG })
		void controlFramesAreNeverCompressed(int opcode) {
			everySplit(new ClientBytes().frame(FIN | RSV1 | opcode, "00"), BREACH);
		}

		@ParameterizedTest
		@CsvSource({ "0xA1", "0x91", "0xE1", "0xD1", "0xF2", "0xB2", "0xC3", "0xCB" })
		void otherBitsAndOpcodesAreReserved(int first) {
			everySplit(new ClientBytes().frame(first, HELLO), BREACH);
		}

		@Test
		void withoutAnAgreementTheBitIsReserved() {
			everySplit(Exchange.LIMITS, Compression.Offer.NONE, new ClientBytes().frame(FIN | RSV1 | TEXT, HELLO),
					BREACH);
			try (Exchange exchange = Exchange.open()) {
				exchange.receive(new ClientBytes().frame(FIN | RSV1 | BINARY, HELLO)).expect(BREACH);
			}
		}

		@Test
		void anEmptyMessageIsAMessage() {
			everySplit(new ClientBytes().frame(FIN | RSV1 | TEXT, "00")
				.frame(FIN | RSV1 | BINARY, "00")
				.frame(RSV1 | BINARY)
				.frame(FIN | CONTINUATION, "00")
				.frame(FIN | RSV1 | TEXT, HELLO), "text ", "binary ", "binary ", "text Hello");
		}

	}

	@Nested
	class Section7_1_1_ContextTakeover {

		@Test
		void aMessageMayReferToThoseBefore() {
			ClientBytes frames = new ClientBytes().frame(FIN | RSV1 | TEXT, HELLO)
				.text("plain")
				.frame(FIN | RSV1 | TEXT, "00")
				.frame(FIN | RSV1 | TEXT, HELLO_AGAIN);
			everySplit(Exchange.LIMITS, Compression.Offer.KEEPING_CLIENT_WINDOW, frames, "text Hello", "text plain",
					"text ", "text Hello");
			everySplit(Exchange.LIMITS, Compression.Offer.ALONE, frames, "text Hello", "text plain", "text ",
					INVALID[0], INVALID[1]);
		}

		@Test
		void conversationsThatShareStatesDoNotMixThem() {
			Random random = new Random(3);
			Exchange[] exchanges = new Exchange[7];
			Deflater[] clients = new Deflater[exchanges.length];
			for (int i = 0; i < exchanges.length; i++) {
				exchanges[i] = Exchange.deflating(Exchange.LIMITS, scratch, Compression.Offer.KEEPING_BOTH_WINDOWS);
				clients[i] = new Deflater(6, true);
			}
			for (int turn = 0; turn < 300; turn++) {
				int i = random.nextInt(exchanges.length);
				byte[] message = utf8("words that come again and again ".repeat(random.nextInt(20)) + turn);
				byte[] wire = new ClientBytes().frame(FIN | RSV1 | BINARY, DeflatedBytes.next(clients[i], message))
					.bytes();
				int cut = random.nextInt(wire.length);
				exchanges[i].receive(Arrays.copyOf(wire, cut));
				int other = (i + 1) % exchanges.length;
				byte[] text = utf8("between");
				exchanges[other]
					.receive(new ClientBytes().frame(FIN | RSV1 | TEXT, DeflatedBytes.next(clients[other], text)));
				exchanges[other].expect("text between");
				exchanges[i].receive(Arrays.copyOfRange(wire, cut, wire.length));
				exchanges[i].expect("binary " + hex(message));
			}
			for (int i = 0; i < exchanges.length; i++) {
				clients[i].end();
				exchanges[i].protocol.endOfInput();
			}
			assertThat(scratch.inflatersHeld()).isZero();
		}

	}

	@Nested
	class Section7_2_2_CorruptData {

		@ParameterizedTest
		@ValueSource(strings = { "ff", "07", "0005000000", "f248cdc9", "", "f248cdc9c90700ff", "04c0ffffffffffff" })
		void isRefused(String payload) {
			everySplit(new ClientBytes().frame(FIN | RSV1 | BINARY, payload).text("x"), INVALID);
			everySplit(new ClientBytes().frame(RSV1 | BINARY, payload).frame(FIN | CONTINUATION).text("x"), INVALID);
		}

		@Test
		void atItsFirstByteIfThatIsEnough() {
			everySplit(new ClientBytes().declaring(FIN | RSV1 | BINARY, 10_000, (byte) 0xFF), INVALID);
		}

	}

	@Nested
	class Section8_1_Utf8 {

		@ParameterizedTest
		@ValueSource(strings = { "", "a", "\u00E9", "plain ascii text of some length", "\u20AC uro \uD83D\uDE00" })
		void inflatedTextIsText(String text) {
			everySplit(
					new ClientBytes().frame(FIN | RSV1 | TEXT, DeflatedBytes.of(utf8(text)))
						.text(text)
						.frame(FIN | RSV1 | TEXT, DeflatedBytes.of(utf8(text))),
					"text " + text, "text " + text, "text " + text);
		}

		@ParameterizedTest
		@ValueSource(strings = { "FF", "61C0", "EDA080", "E28261", "6161616161616161C3" })
		void whatIsNoTextOnceInflatedIsRefused(String payload) {
			byte[] bad = HexFormat.of().parseHex(payload);
			everySplit(new ClientBytes().frame(FIN | RSV1 | TEXT, DeflatedBytes.of(bad)).text("x"), INVALID);
			everySplit(new ClientBytes().frame(FIN | RSV1 | BINARY, DeflatedBytes.of(bad)), "binary " + payload);
		}

		@Test
		void atTheFirstByteThatIsWrong() {
			// a stored block that goes on for long, of which only the beginning comes
			everySplit(new ClientBytes().declaring(RSV1 | TEXT, 10_000,
					HexFormat.of().parseHex("00" + "1027" + "EFD8" + "61FF")), INVALID);
		}

	}

	@Nested
	class Section10_Limits {

		@Test
		void countInflatedBytes() {
			byte[] most = new byte[1000];
			byte[] more = new byte[1001];
			for (Compression.Offer offer : new Compression.Offer[] { Compression.Offer.ALONE,
					Compression.Offer.KEEPING_BOTH_WINDOWS }) {
				everySplit(limits(1000, 100), offer,
						new ClientBytes().frame(FIN | RSV1 | BINARY, DeflatedBytes.of(most))
							.frame(FIN | RSV1 | BINARY, DeflatedBytes.of(more)),
						"binary " + hex(most), TOO_BIG[0], TOO_BIG[1]);
			}
		}

		@Test
		void countThemOverAllFragments() {
			byte[] payload = DeflatedBytes.of(new byte[1001]);
			everySplit(limits(1000, 100), Compression.Offer.ALONE,
					new ClientBytes().frame(RSV1 | BINARY, Arrays.copyOf(payload, 3))
						.frame(FIN | CONTINUATION, Arrays.copyOfRange(payload, 3, payload.length)),
					TOO_BIG);
		}

		@ParameterizedTest
		@ValueSource(ints = { 1, 5, 100, 5000 })
		void aMessageThatCannotBeCompressedMayBeAsBigAsTheLimit(int size) {
			byte[] noise = new byte[size];
			new Random(1).nextBytes(noise);
			byte[] payload = DeflatedBytes.of(noise);
			assertThat(payload).hasSizeGreaterThan(size);
			try (Exchange exchange = Exchange.deflating(limits(size, 100), scratch, Compression.Offer.ALONE)) {
				exchange.receive(new ClientBytes().frame(FIN | RSV1 | BINARY, payload)).expect("binary " + hex(noise));
			}
		}

		@Test
		void aMessageOfNothingButEmptyBlocksIsBounded() {
			try (Exchange exchange = Exchange.deflating(limits(1000, 10_000), scratch, Compression.Offer.ALONE)) {
				byte[] empties = HexFormat.of().parseHex("000000ffff".repeat(20));
				exchange.receive(new ClientBytes().frame(RSV1 | BINARY, empties));
				int sent = empties.length;
				while (!exchange.recorder.isClosed()) {
					exchange.receive(new ClientBytes().frame(CONTINUATION, empties));
					sent += empties.length;
				}
				exchange.expect(TOO_BIG);
				assertThat(sent).isBetween(1000, 1300);
			}
		}

		@Test
		void fragmentsAreCounted() {
			everySplit(limits(1000, 2), Compression.Offer.ALONE,
					new ClientBytes().frame(RSV1 | TEXT).frame(CONTINUATION).frame(FIN | CONTINUATION, HELLO),
					TOO_MANY);
		}

		@Test
		void aFrameThatDeclaresTooMuchIsRefusedAtItsHeader() {
			everySplit(limits(1000, 2), Compression.Offer.ALONE,
					new ClientBytes().declaring(FIN | RSV1 | BINARY, 1000 + 125 + 64 + 1), TOO_BIG);
		}

	}

	@Nested
	class Bomb {

		private static final int LIMIT = 300_000;

		private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

		@Test
		void costsLittleMoreThanTheLimit() {
			byte[] bomb = DeflatedBytes.zeros(1L << 30);
			assertThat(bomb).hasSizeBetween(1_000_000, 1_100_000);
			ClientBytes bytes = new ClientBytes();
			int fragment = 100_000;
			for (int from = 0; from < bomb.length; from += fragment) {
				bytes.frame((from == 0) ? RSV1 | BINARY : CONTINUATION,
						Arrays.copyOfRange(bomb, from, Math.min(bomb.length, from + fragment)));
			}
			byte[] wire = bytes.bytes();
			long fastest = Long.MAX_VALUE;
			for (int i = 0; i < 5; i++) {
				fastest = Math.min(fastest, cpuNanos(wire));
			}
			assertThat(fastest).as("CPU time in ns").isLessThan(100_000_000);
		}

		private long cpuNanos(byte[] wire) {
			Scratch shared = new Scratch(65_536);
			try (Exchange exchange = Exchange.deflating(limits(LIMIT, 100), shared, Compression.Offer.ALONE)) {
				long start = this.threads.getCurrentThreadCpuTime();
				long before = this.threads.getThreadAllocatedBytes(Thread.currentThread().getId());
				for (int from = 0; from < wire.length; from += 100) {
					exchange.receive(Exchange.lend(Arrays.copyOfRange(wire, from, Math.min(wire.length, from + 100))));
					assertThat(HeldMemory.of(exchange.protocol, shared)).isLessThanOrEqualTo(LIMIT + 65_536);
					if (exchange.recorder.isClosed()) {
						break;
					}
				}
				long spent = this.threads.getCurrentThreadCpuTime() - start;
				long allocated = this.threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
				exchange.expect(TOO_BIG);
				assertThat(allocated).as("allocated in all").isLessThan(4 * LIMIT);
				assertThat(HeldMemory.of(exchange.protocol, shared)).isLessThanOrEqualTo(14);
				assertThat(shared.inflatersHeld()).isZero();
				return spent;
			}
		}

	}

	@Nested
	class States {

		private void half(Exchange exchange) {
			exchange.receive(new ClientBytes().frame(FIN | RSV1 | TEXT, HELLO).frame(RSV1 | TEXT, "f248"));
			exchange.expect("text Hello");
			assertThat(scratch.inflatersHeld()).isPositive();
		}

		@ParameterizedTest
		@EnumSource(value = Compression.Offer.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
		void areGivenBackHoweverItEnds(Compression.Offer offer) {
			for (int i = 0; i < 6; i++) {
				Exchange exchange = Exchange.deflating(Exchange.LIMITS, scratch, offer);
				half(exchange);
				switch (i) {
					case 0 -> exchange.receive(new ClientBytes().close(1000, ""));
					case 1 -> exchange.protocol.endOfInput();
					case 2 -> exchange.protocol.fail(CloseStatus.POLICY_VIOLATION);
					case 3 -> exchange.receive(new ClientBytes().text("within a message"));
					case 4 -> exchange.receive(new ClientBytes().frame(FIN | CONTINUATION, "ffff"));
					default -> {
						exchange.recorder.on("ping", exchange.protocol::endOfInput);
						exchange.receive(new ClientBytes().ping());
					}
				}
				assertThat(exchange.recorder.isClosed()).isTrue();
				assertThat(scratch.inflatersHeld()).isZero();
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "text", "binary" })
		void areGivenBackIfItEndsWithinACallback(String kind) {
			Exchange exchange = Exchange.deflating(Exchange.LIMITS, scratch, Compression.Offer.KEEPING_BOTH_WINDOWS);
			exchange.recorder.on(kind, exchange.protocol::endOfInput);
			int opcode = kind.equals("text") ? TEXT : BINARY;
			exchange
				.receive(new ClientBytes().frame(FIN | RSV1 | opcode, HELLO).frame(FIN | RSV1 | opcode, HELLO_AGAIN));
			assertThat(exchange.recorder.events()).hasSize(2).endsWith("closed LOST 1006");
			assertThat(scratch.inflatersHeld()).isZero();
		}

		@Test
		void areNotHeldBetweenMessages() {
			Exchange exchange = Exchange.deflating(Exchange.LIMITS, scratch, Compression.Offer.ALONE);
			assertThat(scratch.inflatersHeld()).isZero();
			exchange.receive(new ClientBytes().frame(FIN | RSV1 | TEXT, HELLO)).expect("text Hello");
			assertThat(scratch.inflatersHeld()).isZero();
			assertThat(HeldMemory.of(exchange.protocol, scratch)).isZero();
		}

		@Test
		void areUsedAfterOurCloseToo() {
			Exchange exchange = Exchange.deflating(Exchange.LIMITS, scratch, Compression.Offer.KEEPING_BOTH_WINDOWS);
			half(exchange);
			exchange.protocol.close(CloseStatus.NORMAL, false);
			exchange.receive(new ClientBytes().frame(FIN | CONTINUATION, "cdc9c90700").close(1000, ""));
			exchange.expect("sends 880203E8", "closed LOCAL 1000");
			assertThat(scratch.inflatersHeld()).isZero();
		}

	}

}
