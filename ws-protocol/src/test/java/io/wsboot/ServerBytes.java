package io.wsboot;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads what a server sends, as a strict client would: no masks, shortest lengths, no
 * reserved bits. Shares no code with the server.
 */
public final class ServerBytes {

	private ServerBytes() {
	}

	/** The frames that lie in the array, which ends with the last of them. */
	public static List<Frame> frames(byte[] wire) {
		return frames(wire, false);
	}

	/** The same for what a client sends, as strictly: each frame has a mask. */
	public static List<Frame> framesOfClient(byte[] wire) {
		return frames(wire, true);
	}

	private static List<Frame> frames(byte[] wire, boolean masked) {
		List<Frame> frames = new ArrayList<>();
		ByteBuffer in = ByteBuffer.wrap(wire);
		while (in.hasRemaining()) {
			int first = in.get() & 0xFF;
			assertThat(first & 0x70).as("reserved bits").isZero();
			int second = in.get() & 0xFF;
			assertThat(second >= 0x80).as("mask").isEqualTo(masked);
			second &= 0x7F;
			long length = second;
			if (second == 126) {
				length = in.getShort() & 0xFFFF;
				assertThat(length).as("length in 16 bits").isGreaterThan(125);
			}
			else if (second == 127) {
				length = in.getLong();
				assertThat(length).as("length in 64 bits").isGreaterThan(65535);
			}
			byte[] key = new byte[4];
			in.get(key, 0, masked ? 4 : 0);
			assertThat(length).as("length of what is there").isLessThanOrEqualTo(in.remaining());
			byte[] payload = new byte[(int) length];
			in.get(payload);
			for (int i = 0; i < payload.length; i++) {
				payload[i] ^= key[i % 4];
			}
			frames.add(new Frame(first >= 0x80, first & 0xF, payload));
		}
		return frames;
	}

	/**
	 * A frame from a server.
	 *
	 * @param fin whether its message ends with it
	 * @param opcode 0 to 15
	 * @param payload the payload
	 */
	public record Frame(boolean fin, int opcode, byte[] payload) {

		@Override
		public boolean equals(Object other) {
			return other instanceof Frame frame && this.fin == frame.fin && this.opcode == frame.opcode
					&& Arrays.equals(this.payload, frame.payload);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.payload);
		}

	}

}
