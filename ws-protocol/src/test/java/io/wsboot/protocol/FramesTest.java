package io.wsboot.protocol;

import io.wsboot.ClientBytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.TEXT;
import static io.wsboot.protocol.Exchange.everySplit;

/**
 * What an open {@link ServerProtocol} makes of frames, however they are cut.
 */
class FramesTest {

	private static final String[] BREACH = { "sends close 1002", "closed VIOLATION 1002" };

	private static final String[] NOT_UTF8 = { "sends close 1007", "closed VIOLATION 1007" };

	@Nested
	class Section5_1_Masking {

		@Test
		void aFrameWithoutAMaskIsRefused() {
			everySplit(new ClientBytes().unmasked(FIN | TEXT, (byte) 'a'), BREACH);
			everySplit(new ClientBytes().unmasked(FIN | ClientBytes.CLOSE), BREACH);
		}

		@Test
		void everyFrameHasItsOwnKey() {
			everySplit(new ClientBytes().text("one").text("two").frame(TEXT, "7468").frame(FIN, "726565"), "text one",
					"text two", "text three");
		}

		@Test
		void aKeyOfZeroIsAKey() {
			everySplit(new ClientBytes().hex("8183 00000000 616263"), "text abc");
		}

	}

	@Nested
	class Section5_2_BaseFraming {

		@ParameterizedTest
		@ValueSource(ints = { 0xC1, 0xA1, 0x91, 0xB2, 0xC9, 0x83, 0x84, 0x87, 0x8B, 0x8F, 0x03, 0x0B })
		void reservedBitsAndOpcodesAreRefused(int first) {
			everySplit(new ClientBytes().text("a").frame(first).text("b"), "text a", BREACH[0], BREACH[1]);
		}

		@Test
		void aLengthInALongerFormIsRefused() {
			everySplit(new ClientBytes().withLengthOf(16, FIN | TEXT, (byte) 'a'), BREACH);
			everySplit(new ClientBytes().withLengthOf(64, FIN | TEXT, (byte) 'a'), BREACH);
		}

		@Test
		void anEmptyMessageIsAMessage() {
			everySplit(new ClientBytes().text("").binary().text(""), "text ", "binary ", "text ");
		}

	}

	@Nested
	class Section5_4_Fragmentation {

		@Test
		void fragmentsAreOneMessage() {
			everySplit(new ClientBytes().frame(TEXT, "61").frame(CONTINUATION, "62").frame(FIN | CONTINUATION, "63"),
					"text abc");
			everySplit(new ClientBytes().frame(BINARY, "01").frame(FIN | CONTINUATION, "02").text("x"), "binary 0102",
					"text x");
		}

		@Test
		void emptyFragmentsAreFragments() {
			everySplit(new ClientBytes().frame(TEXT).frame(CONTINUATION).frame(FIN | CONTINUATION), "text ");
			everySplit(new ClientBytes().frame(BINARY).frame(CONTINUATION, "07").frame(FIN | CONTINUATION),
					"binary 07");
		}

		@Test
		void controlFramesMayStandBetweenFragments() {
			everySplit(new ClientBytes().frame(TEXT, "C3")
				.ping((byte) 1)
				.frame(CONTINUATION, "A9")
				.pong((byte) 2)
				.frame(FIN | CONTINUATION, "21"), "ping 01", "sends 8A0101", "pong 02", "text \u00E9!");
		}

		@Test
		void aCloseBetweenFragmentsEndsThem() {
			everySplit(new ClientBytes().frame(TEXT, "61").close(1000, "").frame(FIN | CONTINUATION, "62"),
					"sends 880203E8", "closed PEER 1000");
		}

		@Test
		void aContinuationOfNothingIsRefused() {
			everySplit(new ClientBytes().frame(FIN | CONTINUATION, "61"), BREACH);
			everySplit(new ClientBytes().frame(CONTINUATION), BREACH);
			everySplit(new ClientBytes().text("a").frame(FIN | CONTINUATION), "text a", BREACH[0], BREACH[1]);
			everySplit(new ClientBytes().frame(TEXT).frame(FIN).frame(FIN), "text ", BREACH[0], BREACH[1]);
		}

		@ParameterizedTest
		@ValueSource(ints = { FIN | TEXT, FIN | BINARY, TEXT, BINARY })
		void aMessageWithinAMessageIsRefused(int first) {
			everySplit(new ClientBytes().frame(TEXT, "61").frame(first, "62"), BREACH);
			everySplit(new ClientBytes().frame(BINARY).frame(first), BREACH);
		}

	}

	@Nested
	class Section5_5_ControlFrames {

		@ParameterizedTest
		@ValueSource(ints = { ClientBytes.CLOSE, ClientBytes.PING, ClientBytes.PONG })
		void mayNotBeFragmentedOrLong(int opcode) {
			everySplit(new ClientBytes().frame(opcode), BREACH);
			everySplit(new ClientBytes().frame(FIN | opcode, new byte[126]), BREACH);
		}

	}

	@Nested
	class Section5_5_2_Ping {

		@Test
		void isAnsweredWithItsPayload() {
			everySplit(new ClientBytes().ping().ping((byte) 0, (byte) 0xFF).ping("x".repeat(125).getBytes()), "ping ",
					"sends 8A00", "ping 00FF", "sends 8A0200FF", "ping " + "78".repeat(125),
					"sends 8A7D" + "78".repeat(125));
		}

	}

	@Nested
	class Section5_5_3_Pong {

		@Test
		void isNotAnswered() {
			everySplit(new ClientBytes().pong().pong((byte) 1, (byte) 2), "pong ", "pong 0102");
		}

	}

	@Nested
	class Section8_1_Utf8 {

		@ParameterizedTest
		@ValueSource(strings = { "\u00E9", "\u20AC", "\uD83D\uDE00", "\u0000", "aaaaaaaa\u20ACbbbbbbbb", "\uFFFF",
				"\uDBFF\uDFFF", "x\u0800\uD7FF\uE000" })
		void textIsUtf8(String text) {
			everySplit(new ClientBytes().text(text).text("plain").text(text), "text " + text, "text plain",
					"text " + text);
		}

		@ParameterizedTest
		@CsvSource({ "FF", "80", "C080", "EDA080", "F4908080", "E28261", "6161616161616161FF6161616161616161" })
		void whatIsNotIsRefused(String payload) {
			everySplit(new ClientBytes().frame(FIN | TEXT, payload).text("x"), NOT_UTF8);
		}

		@ParameterizedTest
		@CsvSource({ "C3", "E282", "F09F98", "61C3" })
		void aTextMayNotEndWithinACharacter(String payload) {
			everySplit(new ClientBytes().frame(FIN | TEXT, payload), NOT_UTF8);
			everySplit(new ClientBytes().frame(TEXT, payload).frame(FIN | CONTINUATION), NOT_UTF8);
		}

		@Test
		void aCharacterMayLieInSeveralFragments() {
			everySplit(new ClientBytes().frame(TEXT, "F0")
				.frame(CONTINUATION)
				.frame(CONTINUATION, "9F")
				.frame(CONTINUATION, "98")
				.frame(FIN | CONTINUATION, "80"), "text \uD83D\uDE00");
			everySplit(new ClientBytes().frame(TEXT, "61C3").frame(FIN | CONTINUATION, "A961"), "text a\u00E9a");
		}

		@Test
		void asciiWithinACharacterIsRefused() {
			everySplit(new ClientBytes().frame(TEXT, "C3").frame(FIN | CONTINUATION, "61"), NOT_UTF8);
		}

		@Test
		void theFirstWrongByteIsEnough() {
			everySplit(new ClientBytes().declaring(FIN | TEXT, 10_000, (byte) 'a', (byte) 0xC3, (byte) 0xC3), NOT_UTF8);
			everySplit(new ClientBytes().frame(TEXT, "EDA0"), NOT_UTF8);
			everySplit(new ClientBytes().frame(TEXT, "ED9F").frame(CONTINUATION, "C0"), NOT_UTF8);
		}

		@Test
		void binaryNeedNotBe() {
			everySplit(new ClientBytes().frame(BINARY, "FF").frame(FIN | CONTINUATION, "C0"), "binary FFC0");
		}

	}

}
