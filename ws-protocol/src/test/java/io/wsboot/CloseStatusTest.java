package io.wsboot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class CloseStatusTest {

	@Nested
	class Section7_4_StatusCodes {

		/**
		 * RFC 6455 §7.4.1, and the IANA registry for 1012 to 1014; §7.4.2 for the rest.
		 */
		@Test
		void whatMayBeSent() {
			List<Integer> expected = IntStream
				.concat(IntStream.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014),
						IntStream.rangeClosed(3000, 4999))
				.boxed()
				.toList();
			assertThat(IntStream.rangeClosed(1000, 4999)
				.filter((code) -> CloseStatus.of(code).mayBeSent())
				.boxed()
				.toList()).isEqualTo(expected);
		}

		@ParameterizedTest
		@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 999, 5000, 65535, Integer.MAX_VALUE })
		void noCodesAtAll(int code) {
			assertThatIllegalArgumentException().isThrownBy(() -> CloseStatus.of(code))
				.withMessageContaining(Integer.toString(code))
				.withMessageEndingWith("(RFC 6455 §7.4.2)");
		}

		@Test
		void constantsAreTheRegisteredCodes() {
			assertThat(List.of(CloseStatus.NORMAL, CloseStatus.GOING_AWAY, CloseStatus.PROTOCOL_ERROR,
					CloseStatus.UNSUPPORTED_DATA, CloseStatus.NO_STATUS_RECEIVED, CloseStatus.ABNORMAL,
					CloseStatus.INVALID_PAYLOAD, CloseStatus.POLICY_VIOLATION, CloseStatus.MESSAGE_TOO_BIG,
					CloseStatus.MANDATORY_EXTENSION, CloseStatus.INTERNAL_ERROR, CloseStatus.SERVICE_RESTART,
					CloseStatus.TRY_AGAIN_LATER, CloseStatus.BAD_GATEWAY))
				.extracting(CloseStatus::code)
				.containsExactly(1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014);
		}

	}

	@Nested
	class Section5_5_1_Reason {

		@Test
		void upTo123BytesAreKept() {
			assertThat(CloseStatus.NORMAL.reasonBytes()).isEmpty();
			for (int length : new int[] { 1, 122, 123 }) {
				assertThat(CloseStatus.NORMAL.withReason("a".repeat(length)).reasonBytes()).hasSize(length);
			}
		}

		/**
		 * Characters of 1, 2, 3 and 4 bytes, at each place where the cut can meet them.
		 */
		@ParameterizedTest
		@ValueSource(strings = { "a", "\u00E9", "\u20AC", "\uD83D\uDE00" })
		void longerOnesAreCutAtACodePoint(String character) {
			int width = character.getBytes(StandardCharsets.UTF_8).length;
			for (int lead = 0; lead <= 8; lead++) {
				String reason = "x".repeat(lead) + character.repeat(200);
				int kept = (123 - lead) / width;
				byte[] bytes = CloseStatus.NORMAL.withReason(reason).reasonBytes();
				assertThat(new String(bytes, StandardCharsets.UTF_8)).as("after %d bytes", lead)
					.isEqualTo("x".repeat(lead) + character.repeat(kept));
				assertThat(bytes).hasSizeBetween(123 - width + 1, 123);
			}
		}

		@Test
		void isNeverNull() {
			assertThatNullPointerException().isThrownBy(() -> CloseStatus.NORMAL.withReason(null))
				.withMessage("reason");
		}

		@Test
		void aLoneSurrogateIsAQuestionMark() {
			assertThat(CloseStatus.NORMAL.withReason("a\uD83Db").reasonBytes()).containsExactly('a', '?', 'b');
		}

	}

	@Test
	void isAValue() {
		CloseStatus status = CloseStatus.of(4000).withReason("bye");
		assertThat(status).isEqualTo(new CloseStatus(4000, "bye")).isNotEqualTo(CloseStatus.of(4000));
		assertThat(status).hasToString("4000 bye");
		assertThat(CloseStatus.NORMAL).hasToString("1000");
	}

}
