package io.wsboot.protocol.outgoing;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** RFC 6455 §5.4: the frames of a message whose length is not known. */
class StreamedFramesTest {

	@ParameterizedTest
	@CsvSource({ "'', 8200", "61, 820161", "616263, 8203616263", "61626364, 0203616263 800164",
			"61626364656667, 0203616263 0003646566 800167" })
	void inOnePart(String payload, String frames) {
		StreamedFrames binary = DataFrames.ofServer(3).begin(false);
		ByteBuffer part = ByteBuffer.wrap(HexFormat.of().parseHex(payload));
		long size = binary.size(part.remaining());
		ByteBuffer out = binary.next(part, true);
		assertThat(hex(out)).isEqualTo(frames.replace(" ", ""));
		assertThat(size).isEqualTo(out.limit());
		assertThat(part.hasRemaining()).isFalse();
	}

	@Test
	void inSeveral() {
		StreamedFrames text = DataFrames.ofServer(0).begin(true);
		assertThat(text.isBegun()).isFalse();
		assertThat(hex(text.next(bytes(0x61), false))).isEqualTo("010161");
		assertThat(text.isBegun()).isTrue();
		assertThat(hex(text.next(bytes(0x62, 0x63), false))).isEqualTo("00026263");
		assertThat(hex(text.next(bytes(), true))).isEqualTo("8000");
	}

	@Test
	void ofAPartAboveTheThreshold() {
		StreamedFrames frames = DataFrames.ofServer(126).begin(false);
		assertThat(frames.size(300)).isEqualTo(2 * frames.frameSize() + 2 + 48);
		ByteBuffer out = frames.next(ByteBuffer.allocate(300), false);
		assertThat(out.limit()).isEqualTo(2 * 130 + 50);
		assertThat(out.getInt(0)).isEqualTo(0x027E007E);
		assertThat(out.getInt(130)).isEqualTo(0x007E007E);
		assertThat(out.getShort(260)).isEqualTo((short) 0x0030);
	}

	private static ByteBuffer bytes(int... bytes) {
		ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
		for (int each : bytes) {
			buffer.put((byte) each);
		}
		return buffer.flip();
	}

	private static String hex(ByteBuffer frames) {
		return HexFormat.of().formatHex(frames.array(), 0, frames.limit());
	}

}
