package io.wsboot.protocol.outgoing;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import io.wsboot.CloseStatus;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ControlFramesTest {

	@Nested
	class Section5_5_1_Close {

		@Test
		void holdsCodeAndReason() {
			assertThat(hex(ControlFrames.SERVER.close(new CloseStatus(1001, "idle")))).isEqualTo("880603E969646C65");
		}

		@Test
		void isEmptyWithoutACode() {
			assertThat(hex(ControlFrames.SERVER.close(CloseStatus.NO_STATUS_RECEIVED))).isEqualTo("8800");
		}

		@Test
		void holdsNoMoreThan125Bytes() {
			assertThat(hex(ControlFrames.SERVER.close(new CloseStatus(1000, "x".repeat(200))))).hasSize(2 * 127)
				.startsWith("887D03E8");
		}

	}

	@Nested
	class Section5_5_2_Ping {

		@Test
		void holdsThePayloadAndLeavesItAsItWas() {
			ByteBuffer payload = ByteBuffer.wrap(new byte[] { 9, 1, 2, 9 }, 1, 2);
			assertThat(hex(ControlFrames.SERVER.ping(payload))).isEqualTo("89020102");
			assertThat(payload.position()).isEqualTo(1);
		}

		@Test
		void holdsAtMost125Bytes() {
			assertThat(ControlFrames.SERVER.ping(ByteBuffer.allocate(125)).remaining()).isEqualTo(127);
			assertThatIllegalArgumentException().isThrownBy(() -> ControlFrames.SERVER.ping(ByteBuffer.allocate(126)))
				.withMessageEndingWith("(RFC 6455 §5.5)");
		}

	}

	@Nested
	class Section5_5_3_Pong {

		@Test
		void thatNobodyAskedForHoldsAtMost125BytesAndLeavesThePayloadAsItWas() {
			ByteBuffer payload = ByteBuffer.wrap(new byte[] { 9, 1, 2, 9 }, 1, 2);
			assertThat(hex(ControlFrames.SERVER.unsolicitedPong(payload))).isEqualTo("8A020102");
			assertThat(payload.position()).isEqualTo(1);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ControlFrames.SERVER.unsolicitedPong(ByteBuffer.allocate(126)))
				.withMessageEndingWith("(RFC 6455 §5.5)");
		}

		@Test
		void holdsThePayload() {
			assertThat(hex(ControlFrames.SERVER.pong(ByteBuffer.wrap(new byte[] { 7 })))).isEqualTo("8A0107");
			assertThat(hex(ControlFrames.SERVER.pong(ByteBuffer.allocate(0)))).isEqualTo("8A00");
		}

	}

	private static String hex(ByteBuffer frame) {
		byte[] bytes = new byte[frame.remaining()];
		frame.get(bytes);
		return HexFormat.of().withUpperCase().formatHex(bytes);
	}

}
