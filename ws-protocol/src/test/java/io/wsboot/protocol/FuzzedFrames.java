package io.wsboot.protocol;

import java.util.Arrays;
import java.util.zip.Deflater;

import io.wsboot.ClientBytes;

/**
 * Proper frames of which a fuzzer chooses everything else: a byte for the opcode, whether
 * the frame is the last one of its message, and whether its payload is to be compressed;
 * the length of the payload; the payload as it is before compression and masking. For
 * tests of other packages.
 */
public final class FuzzedFrames {

	private static final int[] OPCODES = { ClientBytes.CONTINUATION, ClientBytes.TEXT, ClientBytes.BINARY,
			ClientBytes.PING, ClientBytes.PONG, ClientBytes.CLOSE, ClientBytes.TEXT, ClientBytes.CONTINUATION };

	private FuzzedFrames() {
	}

	/**
	 * The frames that a fuzzer has chosen.
	 * @param input the fuzzer's input
	 * @param from where the choice of frames begins
	 * @return what a client sends
	 */
	public static byte[] of(byte[] input, int from) {
		ClientBytes frames = new ClientBytes();
		Deflater zlib = new Deflater(6, true);
		int at = from;
		while (at + 1 < input.length) {
			int kind = input[at++];
			int end = Math.min(input.length, at + 1 + (input[at] & 0xFF));
			byte[] payload = Arrays.copyOfRange(input, at + 1, end);
			at = end;
			int opcode = OPCODES[kind & 7];
			int first = (kind & 0x80) | (kind & 0x40) | opcode;
			if ((kind & 0x20) != 0) {
				payload = deflated(zlib, payload, (kind & 0x10) != 0, kind < 0);
			}
			frames.frame((opcode >= 8) ? first | 0x80 : first, payload);
		}
		zlib.end();
		return frames.bytes();
	}

	private static byte[] deflated(Deflater zlib, byte[] payload, boolean alone, boolean last) {
		if (alone) {
			zlib.reset();
		}
		byte[] compressed = (payload.length == 0) ? new byte[1] : DeflatedBytes.next(zlib, payload);
		if (last) {
			return compressed;
		}
		byte[] withTail = Arrays.copyOf(compressed, compressed.length + 4); // RFC 7692
																			// §7.2.1
		withTail[withTail.length - 2] = (byte) 0xFF;
		withTail[withTail.length - 1] = (byte) 0xFF;
		return withTail;
	}

}
