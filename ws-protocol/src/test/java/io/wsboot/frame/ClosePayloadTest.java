package io.wsboot.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClosePayloadTest {

	@Nested
	class Section5_5_1_Close {

		@Test
		void emptyMeansNoStatus() {
			assertThat(ClosePayload.parse(new byte[0], 0)).isEqualTo(CloseStatus.NO_STATUS_RECEIVED);
			assertThat(ClosePayload.of(CloseStatus.NO_STATUS_RECEIVED)).isEmpty();
		}

		@Test
		void halfACodeIsRefused() {
			assertViolation(1002, "03");
		}

		@Test
		void onlyTheGivenLengthIsRead() {
			byte[] bytes = HexFormat.of().parseHex("03E86F6BFFFF");
			assertThat(ClosePayload.parse(bytes, 4)).isEqualTo(new CloseStatus(1000, "ok"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "bye", "\u00E9\u20AC\uD83D\uDE00" })
		void aReasonIsUtf8(String reason) {
			byte[] payload = ClosePayload.of(new CloseStatus(4000, reason));
			assertThat(payload).isEqualTo(ClientBytes.closePayload(4000, reason.getBytes(StandardCharsets.UTF_8)));
			assertThat(ClosePayload.parse(payload, payload.length)).isEqualTo(new CloseStatus(4000, reason));
		}

		@ParameterizedTest
		@CsvSource({ "03E8FF", "03E8C3", "03E8EDA080", "03E8F09F98" })
		void aReasonThatIsNotUtf8IsRefused(String hex) {
			assertViolation(1007, hex);
		}

		@Test
		void aLongReasonIsCutAtACharacter() {
			byte[] payload = ClosePayload.of(new CloseStatus(1000, "x" + "\u20AC".repeat(41)));
			assertThat(payload).hasSize(2 + 1 + 40 * 3);
			assertThat(ClosePayload.parse(payload, payload.length).reason()).isEqualTo("x" + "\u20AC".repeat(40));
		}

	}

	@Nested
	class Section7_4_StatusCodes {

		/** RFC 6455 §7.4.1 and the registry that it sets up in §11.7. */
		private static final Set<Integer> ON_THE_WIRE = Set.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011,
				1012, 1013, 1014);

		@Test
		void allOfThem() {
			for (int code = 0; code <= 0xFFFF; code++) {
				byte[] payload = ClientBytes.closePayload(code, (byte) 'x');
				if (ON_THE_WIRE.contains(code) || (code >= 3000 && code < 5000)) {
					CloseStatus status = ClosePayload.parse(payload, payload.length);
					assertThat(status).isEqualTo(new CloseStatus(code, "x"));
					assertThat(ClosePayload.of(status)).isEqualTo(payload);
				}
				else {
					assertViolation(1002, HexFormat.of().formatHex(payload));
				}
			}
		}

		@Test
		void aBadCodeCountsMoreThanABadReason() {
			assertViolation(1002, "03EEFF");
		}

	}

	private static void assertViolation(int code, String hex) {
		byte[] payload = HexFormat.of().parseHex(hex);
		byte[] roomy = Arrays.copyOf(payload, 125);
		assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> ClosePayload.parse(roomy, payload.length))
			.satisfies((ex) -> assertThat(ex.status().code()).isEqualTo(code))
			.withMessageMatching(".* \\(RFC 6455 §[\\d.]+\\)");
	}

}
