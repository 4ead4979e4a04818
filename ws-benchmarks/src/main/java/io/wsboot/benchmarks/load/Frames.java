package io.wsboot.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.Random;

/** Frames (RFC 6455 §5.2) as a client writes them, and as it must get them. */
final class Frames {

	private static final int TEXT = 0x81;

	private static final int BINARY = 0x82;

	private Frames() {
	}

	static byte[] masked(boolean text, boolean compressed, byte[] payload, int seed) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
		header(frame, (text ? TEXT : BINARY) | (compressed ? 0x40 : 0), 0x80, payload.length);
		byte[] mask = new byte[4];
		new Random(seed).nextBytes(mask);
		frame.put(mask);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ mask[i & 3]));
		}
		return taken(frame);
	}

	static byte[] plain(boolean text, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
		header(frame, text ? TEXT : BINARY, 0, payload.length);
		frame.put(payload);
		return taken(frame);
	}

	private static void header(ByteBuffer frame, int first, int masked, int length) {
		frame.put((byte) first);
		if (length < 126) {
			frame.put((byte) (masked | length));
		}
		else if (length <= 0xFFFF) {
			frame.put((byte) (masked | 126)).putShort((short) length);
		}
		else {
			frame.put((byte) (masked | 127)).putLong(length);
		}
	}

	private static byte[] taken(ByteBuffer frame) {
		byte[] bytes = new byte[frame.position()];
		frame.get(0, bytes);
		return bytes;
	}

}
