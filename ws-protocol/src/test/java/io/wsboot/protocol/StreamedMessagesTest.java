package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.EverySplit;
import io.wsboot.MessageDelivery;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that a {@link ServerProtocol} hands on piecewise, against {@link NaiveServer},
 * which has them whole.
 */
class StreamedMessagesTest {

	private static final String MIXED = "a\u00E9\u20AC\uD83D\uDE00z\uD83D\uDE00\u20AC\u00E9";

	private static final String[] INVALID = { "sends close 1007", "closed VIOLATION 1007" };

	private static final String[] TOO_BIG = { "sends close 1009", "closed VIOLATION 1009" };

	private static final String[] TOO_MANY = { "sends close 1008", "closed VIOLATION 1008" };

	private static final String[] BREACH = { "sends close 1002", "closed VIOLATION 1002" };

	private static EndpointOptions piecewise(long max) {
		return EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(max)).withBinary(MessageDelivery.inParts(max));
	}

	private static void everySplit(ClientBytes frames, String... events) {
		byte[] wire = frames.bytes();
		assertThat(NaiveServer.events(Exchange.LIMITS, wire)).as("what the model expects").containsExactly(events);
		EverySplit.forEach(wire, (chunks) -> {
			for (int scratch : new int[] { 5, 4096 }) {
				try (Exchange exchange = Exchange.open(Exchange.LIMITS, new Scratch(scratch), piecewise(0))) {
					chunks.forEach(exchange::receive);
					assertThat(Joined.of(exchange.recorder.events())).containsExactly(events);
				}
			}
		});
	}

	private static Exchange open(long max, int maxFragments) {
		return Exchange.open(new ProtocolLimits(8192, 8192, 100, 10, 20, maxFragments), new Scratch(64),
				piecewise(max));
	}

	@Nested
	class Parts {

		@Test
		void togetherAreTheMessage() {
			everySplit(
					new ClientBytes().text(MIXED)
						.binary((byte) 0, (byte) -1)
						.frame(TEXT, "61")
						.ping((byte) 1)
						.frame(CONTINUATION)
						.frame(CONTINUATION, "6263")
						.pong()
						.frame(FIN | CONTINUATION, "64")
						.frame(BINARY)
						.frame(FIN | CONTINUATION, "00")
						.text("")
						.close(1000, ""),
					"text " + MIXED, "binary 00FF", "ping 01", "sends 8A0101", "pong ", "text abcd", "binary 00",
					"text ", "sends 880203E8", "closed PEER 1000");
		}

		@Test
		void areHandedOnAsTheyArrive() {
			try (Exchange exchange = open(0, 3)) {
				byte[] wire = new ClientBytes().text("abcdef").bytes();
				exchange.receive(Arrays.copyOf(wire, 8)).expect("text-part ab");
				exchange.receive(Arrays.copyOfRange(wire, 8, 9)).expect("text-part c");
				exchange.receive(Arrays.copyOfRange(wire, 9, 12)).expect("text-last def");
				exchange.receive(new ClientBytes().frame(BINARY)).expect();
				exchange.receive(new ClientBytes().frame(CONTINUATION, "0102")).expect("binary-part 0102");
				exchange.receive(new ClientBytes().frame(FIN | CONTINUATION)).expect("binary-last ");
				exchange.receive(new ClientBytes().text("")).expect("text-last ");
			}
		}

		@Test
		void areNoBiggerThanTheSharedMemory() {
			try (Exchange exchange = open(1000, 3)) {
				exchange.receive(new ClientBytes().binary(new byte[130]));
				assertThat(exchange.recorder.events()).extracting(String::length)
					.containsExactly("binary-part ".length() + 128, "binary-part ".length() + 128,
							"binary-last ".length() + 4);
			}
		}

		@Test
		void areOfTheTypesThatTheEndpointWantsSo() {
			EndpointOptions text = EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(0));
			byte[] wire = new ClientBytes().frame(TEXT, "61")
				.frame(FIN | CONTINUATION, "62")
				.frame(BINARY, "01")
				.frame(FIN | CONTINUATION, "02")
				.text("c")
				.bytes();
			try (Exchange exchange = Exchange.open(Exchange.LIMITS, new Scratch(64), text)) {
				exchange.receive(wire).expect("text-part a", "text-last b", "binary 0102", "text-last c");
			}
			EndpointOptions binary = EndpointOptions.DEFAULTS.withBinary(MessageDelivery.asStream(0));
			try (Exchange exchange = Exchange.open(Exchange.LIMITS, new Scratch(64), binary)) {
				exchange.receive(wire).expect("text ab", "binary-part 01", "binary-last 02", "text c");
			}
		}

		@ParameterizedTest
		@ValueSource(longs = { 1, 2, 3 })
		void ofRandomConversationsAreWhatTheModelHasWhole(long seed) {
			Random random = new Random(seed);
			ProtocolLimits limits = new ProtocolLimits(8192, 8192, 100, 320, 320, 1024);
			for (int i = 0; i < 150; i++) {
				byte[] wire = new RandomConversation(random).wire();
				int longest = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
				boolean pauses = random.nextBoolean();
				Scratch scratch = new Scratch(new int[] { 5, 16, 4096 }[random.nextInt(3)]);
				try (Exchange exchange = Exchange.open(limits, scratch, piecewise(0))) {
					if (pauses) {
						exchange.recorder.on("text-part", exchange.protocol::pause);
						exchange.recorder.on("binary-last", exchange.protocol::pause);
					}
					for (int from = 0; from < wire.length;) {
						int to = Math.min(wire.length, from + 1 + random.nextInt(longest));
						ByteBuffer chunk = Exchange.lend(Arrays.copyOfRange(wire, from, to));
						exchange.protocol.receive(chunk);
						while (!exchange.protocol.reads()) {
							exchange.protocol.resume();
							exchange.protocol.receive(chunk);
						}
						assertThat(chunk.hasRemaining()).isFalse();
						assertThat(HeldMemory.of(exchange.protocol, scratch)).isLessThan(512);
						from = to;
					}
					assertThat(Joined.of(exchange.recorder.events())).as(() -> Arrays.toString(wire))
						.isEqualTo(NaiveServer.events(limits, wire));
				}
			}
		}

	}

	@Nested
	class Section8_1_Utf8 {

		@Test
		void noCharacterIsCutByFragments() {
			byte[] text = MIXED.getBytes(StandardCharsets.UTF_8);
			for (int one = 0; one <= text.length; one++) {
				for (int other = one; other <= text.length; other++) {
					try (Exchange exchange = open(100, 3)) {
						exchange.receive(new ClientBytes().frame(TEXT, Arrays.copyOf(text, one))
							.ping()
							.frame(CONTINUATION, Arrays.copyOfRange(text, one, other))
							.frame(FIN | CONTINUATION, Arrays.copyOfRange(text, other, text.length)));
						assertThat(Joined.of(exchange.recorder.events())).containsExactly("ping ", "sends 8A00",
								"text " + MIXED);
					}
				}
			}
		}

		@Test
		void failsAtTheFirstBadByte() {
			byte[] wire = new ClientBytes().frame(FIN | TEXT, "61 62 E282 C0 63").bytes();
			try (Exchange exchange = open(0, 3)) {
				exchange.receive(Arrays.copyOf(wire, 6 + 4)).expect("text-part ab");
				exchange.receive(wire[6 + 4]).expect(INVALID);
			}
		}

		@Test
		void mustNotEndInsideACharacter() {
			everySplit(new ClientBytes().frame(FIN | TEXT, "61E282"), INVALID);
			everySplit(new ClientBytes().frame(TEXT, "E282").frame(FIN | CONTINUATION), INVALID);
		}

	}

	@Nested
	class Section5_4_Order {

		@Test
		void messagesDoNotInterleave() {
			for (int first : new int[] { TEXT, BINARY }) {
				for (int second : new int[] { TEXT, BINARY, FIN | TEXT, FIN | BINARY }) {
					everySplit(new ClientBytes().frame(first).frame(second), BREACH);
				}
			}
			EndpointOptions text = EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(0));
			try (Exchange exchange = Exchange.open(Exchange.LIMITS, new Scratch(64), text)) {
				exchange.receive(new ClientBytes().frame(BINARY, "01").frame(TEXT)).expect(BREACH);
			}
			try (Exchange exchange = Exchange.open(Exchange.LIMITS, new Scratch(64), text)) {
				exchange.receive(new ClientBytes().frame(TEXT).frame(BINARY)).expect(BREACH);
			}
		}

		@Test
		void aContinuationNeedsAMessage() {
			everySplit(new ClientBytes().frame(FIN | CONTINUATION, "61"), BREACH);
			everySplit(new ClientBytes().text("a").frame(CONTINUATION), "text a", BREACH[0], BREACH[1]);
		}

	}

	@Nested
	class Section10_4_Limits {

		@Test
		void areTheEndpointsOwn() {
			try (Exchange exchange = open(100, 3)) {
				exchange.receive(new ClientBytes().binary(new byte[100]).frame(BINARY, new byte[60]));
				exchange.receive(new ClientBytes().frame(CONTINUATION, new byte[40]).frame(FIN | CONTINUATION));
				assertThat(Joined.of(exchange.recorder.events())).containsExactly("binary " + "00".repeat(100),
						"binary " + "00".repeat(100));
				exchange.receive(new ClientBytes().declaring(BINARY, 101)).expect(TOO_BIG);
			}
			try (Exchange exchange = open(100, 3)) {
				exchange.receive(new ClientBytes().frame(TEXT, "61".repeat(60)).declaring(CONTINUATION, 41));
				exchange.expect("text-part " + "a".repeat(60), TOO_BIG[0], TOO_BIG[1]);
			}
		}

		@Test
		void areTheServersIfItHasNone() {
			try (Exchange exchange = open(0, 3)) {
				exchange.receive(new ClientBytes().text("a".repeat(20))).expect("text-last " + "a".repeat(20));
				exchange.receive(new ClientBytes().declaring(TEXT, 21)).expect(TOO_BIG);
			}
		}

		@Test
		void doNotOverflow() {
			for (long max : new long[] { 1, 1L << 40, Long.MAX_VALUE - 1 }) {
				try (Exchange exchange = open(max, 3)) {
					exchange.receive(new ClientBytes().frame(BINARY, "01")
						.declaring(FIN | CONTINUATION, Long.MAX_VALUE, (byte) 2));
					exchange.expect("binary-part 01", TOO_BIG[0], TOO_BIG[1]);
				}
			}
			try (Exchange exchange = open(Long.MAX_VALUE, 3)) {
				exchange.receive(new ClientBytes().declaring(FIN | BINARY, Long.MAX_VALUE, (byte) 2))
					.expect("binary-part 02");
			}
		}

		@Test
		void countOnlyEmptyFragments() {
			try (Exchange exchange = open(1000, 3)) {
				ClientBytes many = new ClientBytes().frame(TEXT);
				for (int i = 0; i < 500; i++) {
					many.frame(CONTINUATION, "61");
				}
				exchange.receive(many.frame(CONTINUATION).frame(CONTINUATION).frame(CONTINUATION));
				exchange.receive(new ClientBytes().frame(FIN | CONTINUATION));
				assertThat(Joined.of(exchange.recorder.events())).containsExactly("text " + "a".repeat(500));
				exchange
					.receive(new ClientBytes().frame(TEXT)
						.frame(CONTINUATION)
						.frame(CONTINUATION)
						.frame(CONTINUATION)
						.frame(CONTINUATION))
					.expect(TOO_MANY);
			}
		}

	}

	@Nested
	class OfASessionThatEnds {

		@Test
		void breakOff() {
			try (Exchange exchange = open(100, 3)) {
				exchange.receive(new ClientBytes().frame(TEXT, "61").close(1001, ""))
					.expect("text-part a", "sends 880203E9", "closed PEER 1001");
			}
			try (Exchange exchange = open(100, 3)) {
				exchange.receive(new ClientBytes().frame(TEXT, "61"));
				exchange.protocol.endOfInput();
				exchange.expect("text-part a", "closed LOST 1006");
			}
		}

		@Test
		void areSkippedBehindOurCloseFrame() {
			EverySplit.forEach(new ClientBytes().frame(TEXT, "61FF")
				.frame(FIN | CONTINUATION, "FF")
				.binary(new byte[30])
				.frame(BINARY, "01")
				.frame(CONTINUATION, "01")
				.close(1000, "")
				.bytes(), (chunks) -> {
					try (Exchange exchange = open(10, 3)) {
						exchange.receive(new ClientBytes().frame(BINARY, "01").frame(FIN | CONTINUATION));
						exchange.protocol.close(CloseStatus.NORMAL, false);
						chunks.forEach(exchange::receive);
						exchange.expect("binary-part 01", "binary-last ", "sends 880203E8", "closed LOCAL 1000");
					}
				});
		}

		@Test
		void areSkippedFromTheCallbackOn() {
			try (Exchange exchange = open(100, 3)) {
				exchange.recorder.on("text-part", () -> exchange.protocol.close(CloseStatus.NORMAL, false));
				exchange.receive(
						new ClientBytes().frame(TEXT, "61").frame(FIN | CONTINUATION, "62").text("c").close(1000, ""));
				assertThat(exchange.recorder.events())
					.isEqualTo(List.of("text-part a", "sends 880203E8", "closed LOCAL 1000"));
			}
		}

	}

}
