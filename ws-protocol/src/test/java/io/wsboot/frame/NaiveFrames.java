package io.wsboot.frame;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads frames from one array that holds all of them, one rule of RFC 6455 §5 after the
 * other, and writes them down. Shares no code with the real reader.
 */
final class NaiveFrames {

	private NaiveFrames() {
	}

	static String read(byte[] wire, boolean masked, boolean deflates) {
		StringBuilder frames = new StringBuilder();
		int at = 0;
		while (true) {
			int left = wire.length - at;
			boolean fails = false;
			if (left > 0) {
				int opcode = wire[at] & 15;
				int reserved = wire[at] >> 4 & 7;
				boolean rsv1 = deflates && reserved == 4 && (opcode == 1 || opcode == 2);
				fails = (reserved != 0 && !rsv1) || opcode > 10 || (opcode > 2 && opcode < 8)
						|| (opcode > 7 && wire[at] >= 0);
			}
			if (left > 1 && !fails) {
				fails = wire[at + 1] < 0 != masked || ((wire[at] & 8) != 0 && (wire[at + 1] & 127) > 125);
			}
			int lengthBytes = (left < 2) ? 0
					: ((wire[at + 1] & 127) == 126) ? 2 : ((wire[at + 1] & 127) == 127) ? 8 : 0;
			int keyAt = at + 2 + lengthBytes;
			int end = keyAt + (masked ? 4 : 0);
			if (fails) {
				return frames.append("fails with 1002").toString();
			}
			if (wire.length < end) {
				return frames.append("asks for more").toString();
			}
			BigInteger length = (lengthBytes == 0) ? BigInteger.valueOf(wire[at + 1] & 127)
					: new BigInteger(1, Arrays.copyOfRange(wire, at + 2, at + 2 + lengthBytes));
			int shorter = (lengthBytes == 0) ? -1 : (lengthBytes == 2) ? 125 : 65_535;
			if (length.bitLength() > 63 || length.compareTo(BigInteger.valueOf(shorter)) <= 0) {
				return frames.append("fails with 1002").toString();
			}
			header(frames, wire[at] < 0, (wire[at] & 64) != 0, wire[at] & 15, length.longValue());
			int there = (int) Math.min(length.longValue(), wire.length - end);
			byte[] payload = Arrays.copyOfRange(wire, end, end + there);
			for (int i = 0; i < there; i++) {
				payload[i] ^= masked ? wire[keyAt + i % 4] : 0;
			}
			payload(frames, payload, there);
			if (there < length.longValue()) {
				return frames.append("asks for more").toString();
			}
			at = end + there;
		}
	}

	static void header(StringBuilder to, boolean fin, boolean compressed, int opcode, long length) {
		to.append(fin ? "\nlast " : "\n").append(compressed ? "compressed " : "").append(opcode).append(' ');
		to.append(length).append(' ');
	}

	static void payload(StringBuilder to, byte[] bytes, int count) {
		to.append(HexFormat.of().formatHex(bytes, 0, count));
	}

}
