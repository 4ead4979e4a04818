package io.wsboot.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameWriterTest {

	@Nested
	class Section5_2_BaseFramingProtocol {

		private final FrameWriter writer = new FrameWriter(FrameRules.SERVER);

		@ParameterizedTest
		@CsvSource({ "TEXT,true,0,8100", "TEXT,false,1,0101", "BINARY,true,125,827D", "BINARY,true,126,827E007E",
				"CONTINUATION,false,127,007E007F", "CONTINUATION,true,65535,807EFFFF",
				"BINARY,false,65536,027F0000000000010000", "BINARY,true,2147483647,827F000000007FFFFFFF",
				"CLOSE,true,2,8802", "PING,true,0,8900", "PONG,true,125,8A7D" })
		void writesAHeaderWhateverTheOrder(Opcode opcode, boolean fin, int length, String hex) {
			for (ByteOrder order : new ByteOrder[] { ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN }) {
				ByteBuffer out = ByteBuffer.allocate(10).order(order);
				assertThat(this.writer.writeHeader(out, opcode, fin, false, length)).as("key").isZero();
				assertThat(HexFormat.of().withUpperCase().formatHex(out.array(), 0, out.position())).isEqualTo(hex);
				assertThat(this.writer.headerSize(length)).isEqualTo(out.position());
			}
		}

	}

}
