package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EverySplit;
import io.wsboot.frame.FrameRules;
import io.wsboot.frame.Opcode;
import io.wsboot.frame.ProtocolViolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The messages of a server as a client reads them ({@link FrameRules#CLIENT}), however
 * the bytes are cut.
 */
class ServersMessagesTest {

	private final PayloadMemory memory = new PayloadMemory(4096);

	@Test
	void areWholeHoweverTheyAreCut() {
		byte[] wire = new ClientBytes().unmasked(0x81)
			.unmasked(0x82, (byte) 1)
			.unmasked(0x81, "text".getBytes())
			.unmasked(0x01, (byte) 0xC3)
			.unmasked(0x89, (byte) 9, (byte) 9)
			.unmasked(0x00)
			.unmasked(0x80, (byte) 0xA9)
			.unmasked(0x82, new byte[126])
			.unmasked(0x8A)
			.unmasked(0x88, ClientBytes.closePayload(1000))
			.bytes();
		EverySplit.forEach(wire, (chunks) -> assertThat(read(chunks)).containsExactly("text ", "binary 01", "text text",
				"PING 0909", "text \u00E9", "binary " + "00".repeat(126), "PONG ", "CLOSE 03e8"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			818561626364656667686970 | 1002
			8180                     | 1002
			888203E8                 | 1002
			C10161                   | 1002
			800161                   | 1002
			010161810161             | 1002
			8103C328A9               | 1007
			090100                   | 1002
			827E0001                 | 1002
			827F00000000FFFFFFFF     | 1009
			""")
	void areRefusedAsSoonAsARuleIsBroken(String hex, int code) {
		byte[] wire = HexFormat.of().parseHex(hex);
		EverySplit.forEach(wire, (chunks) -> assertThat(read(chunks)).last().isEqualTo("fails with " + code));
	}

	private List<String> read(Iterable<ByteBuffer> chunks) {
		IncomingFrames frames = IncomingFrames.lent(FrameRules.CLIENT, Exchange.LIMITS, this.memory);
		Recorder recorder = new Recorder();
		try {
			for (ByteBuffer chunk : chunks) {
				while (frames.read(chunk, recorder, recorder)) {
					// on to the end of the chunk
				}
				assertThat(chunk.hasRemaining()).isFalse();
				frames.keepWhatIsIncomplete();
			}
			assertThat(frames.areBetweenMessages()).isTrue();
		}
		catch (ProtocolViolation ex) {
			assertThat(ex.status().code()).isNotEqualTo(CloseStatus.NORMAL.code());
			recorder.events.add("fails with " + ex.status().code());
		}
		return recorder.events;
	}

	private static final class Recorder implements MessageListener, IncomingFrames.ControlSink {

		private final List<String> events = new ArrayList<>();

		@Override
		public void onText(String text, int size) {
			this.events.add("text " + text);
		}

		@Override
		public void onBinary(ByteBuffer payload) {
			byte[] bytes = new byte[payload.remaining()];
			payload.get(bytes);
			this.events.add("binary " + HexFormat.of().formatHex(bytes));
		}

		@Override
		public void onTextPart(String part, int size, boolean last) {
			throw new AssertionError("nothing is streamed");
		}

		@Override
		public void onBinaryPart(ByteBuffer part, boolean last) {
			throw new AssertionError("nothing is streamed");
		}

		@Override
		public void onPong(ByteBuffer payload) {
			throw new AssertionError("control frames go elsewhere");
		}

		@Override
		public void control(Opcode opcode, byte[] payload, int length) {
			this.events.add(opcode + " " + HexFormat.of().formatHex(payload, 0, length));
		}

	}

}
