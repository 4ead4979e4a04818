package io.wsboot.frame;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;

import io.wsboot.CloseStatus;
import io.wsboot.NaiveUtf8;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class Utf8ValidatorTest {

	/** Both ends of every range that RFC 3629 §4 speaks of, and their neighbours. */
	private static final int[] BORDERS = { 0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
			0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF };

	@Nested
	class Rfc3629_Section4_Syntax {

		@Test
		void everySequenceOfOneByte() {
			for (int a = 0; a < 256; a++) {
				check(a);
			}
		}

		@Test
		void everySequenceOfTwoBytes() {
			for (int a = 0; a < 256; a++) {
				for (int b = 0; b < 256; b++) {
					check(a, b);
				}
			}
		}

		@Test
		void everyLeadWithThreeBytesAtTheBorders() {
			for (int lead = 0; lead < 256; lead++) {
				for (int b : BORDERS) {
					for (int c : BORDERS) {
						check(lead, b, c);
					}
				}
			}
		}

		@Test
		void everyLongLeadWithFourBytesAtTheBorders() {
			for (int lead = 0xE0; lead < 256; lead++) {
				for (int b : BORDERS) {
					for (int c : BORDERS) {
						for (int d : BORDERS) {
							check(lead, b, c, d);
						}
					}
				}
			}
		}

		@Test
		void everyCodePoint() {
			Utf8Validator validator = new Utf8Validator();
			for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
				if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
					byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
					validator.check(bytes, 0, bytes.length);
					assertThat(validator.betweenCharacters()).isTrue();
				}
			}
		}

		@ParameterizedTest
		@CsvSource({ "C080,1", "E08080,2", "EDA080,2", "EDBFBF,2", "F0808080,2", "F4908080,2", "F5,1", "80,1", "41FF,2",
				"E282,3", "F09F98,4", "F09F9841,4", "E28241,3" })
		void failsAtTheFirstByteThatIsWrong(String hex, int failsAt) {
			byte[] bytes = HexFormat.of().parseHex(hex);
			assertThat(firstWrong(bytes)).isEqualTo(failsAt - 1);
		}

	}

	@Nested
	class AnyText {

		@ParameterizedTest
		@ValueSource(longs = { 1, 2, 3 })
		void isJudgedLikeTheJdkDoesHoweverItIsCut(long seed) {
			Random random = new Random(seed);
			int valid = 0;
			for (int i = 0; i < 2500; i++) {
				byte[] text = text(random).getBytes(StandardCharsets.UTF_8);
				if (random.nextInt(3) > 0 && text.length > 0) {
					text[random.nextInt(text.length)] = (byte) BORDERS[random.nextInt(BORDERS.length)];
				}
				int wrong = NaiveUtf8.firstWrong(text);
				assertThat(firstWrong(text)).isEqualTo(wrong);
				for (int cut = 0; cut <= text.length; cut++) {
					checkCut(text, cut, wrong);
				}
				valid += (wrong < 0) ? 1 : 0;
			}
			assertThat(valid).isBetween(500, 2000);
		}

		@Test
		void isCheckedOnlyWithinItsBounds() {
			byte[] bytes = "\u00FFabcdefgh\u00FF".getBytes(StandardCharsets.ISO_8859_1);
			assertThatCode(() -> new Utf8Validator().check(bytes, 1, 9)).doesNotThrowAnyException();
			assertThatExceptionOfType(ProtocolViolation.class)
				.isThrownBy(() -> new Utf8Validator().check(bytes, 1, 10));
		}

		@Test
		void mayFollowAnother() {
			Utf8Validator validator = new Utf8Validator();
			for (String text : new String[] { "\u00E9", "", "plain", "\uD83D\uDE00" }) {
				byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
				validator.check(bytes, 0, bytes.length);
				validator.end();
			}
		}

		@Test
		void failsWith1007() {
			assertThatExceptionOfType(ProtocolViolation.class)
				.isThrownBy(() -> new Utf8Validator().check(new byte[] { -1 }, 0, 1))
				.satisfies((ex) -> assertThat(ex.status().code()).isEqualTo(CloseStatus.INVALID_PAYLOAD.code()))
				.withMessageEndingWith("(RFC 6455 §8.1)");
		}

	}

	private static String text(Random random) {
		return IntStream.range(0, random.nextInt(24)).map((i) -> switch (random.nextInt(6)) {
			case 0 -> 0x80 + random.nextInt(0x780);
			case 1 -> 0x800 + random.nextInt(0xD000);
			case 2 -> 0xE000 + random.nextInt(0x2000);
			case 3 -> 0x10000 + random.nextInt(0x100000);
			default -> random.nextInt(0x80);
		}).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
	}

	private static void check(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		int wrong = firstWrong(bytes);
		int expected = NaiveUtf8.firstWrong(bytes);
		if (wrong != expected) {
			assertThat(wrong).as("%s", HexFormat.of().formatHex(bytes)).isEqualTo(expected);
		}
	}

	/** The byte at which the validator fails if it gets one at a time. */
	private static int firstWrong(byte[] text) {
		Utf8Validator validator = new Utf8Validator();
		int i = 0;
		try {
			for (; i < text.length; i++) {
				validator.check(text, i, i + 1);
			}
			validator.end();
			return -1;
		}
		catch (ProtocolViolation ex) {
			return i;
		}
	}

	private static void checkCut(byte[] text, int cut, int wrong) {
		Utf8Validator validator = new Utf8Validator();
		String step = "first piece";
		try {
			validator.check(text, 0, cut);
			step = "second piece";
			validator.check(text, cut, text.length);
			step = "end";
			validator.end();
			step = "nowhere";
		}
		catch (ProtocolViolation ex) {
			// the step tells where
		}
		String expected = (wrong < 0) ? "nowhere"
				: (wrong == text.length) ? "end" : (wrong < cut) ? "first piece" : "second piece";
		assertThat(step).isEqualTo(expected);
	}

}
