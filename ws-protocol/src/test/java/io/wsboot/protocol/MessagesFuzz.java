package io.wsboot.protocol;

import java.util.Arrays;
import java.util.zip.Deflater;

import io.wsboot.ClientBytes;

/**
 * Fuzz target: messages of proper frames, so that only their order, sizes and text
 * matter. Its input is a byte of choices (see {@link FuzzedConversation}), one that
 * chooses cuts, and the frames: a byte for the opcode, whether it is the last one, and
 * whether its payload is to be compressed; the length of its payload; the payload as it
 * is before compression and masking.
 */
public final class MessagesFuzz {

	private static final int[] OPCODES = { ClientBytes.CONTINUATION, ClientBytes.TEXT, ClientBytes.BINARY,
			ClientBytes.PING, ClientBytes.PONG, ClientBytes.CLOSE, ClientBytes.TEXT, ClientBytes.CONTINUATION };

	private MessagesFuzz() {
	}

	/** Fails if the input shows a fault. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length >= 2) {
			int accepting = (input[0] < 0) ? input[0] & 0xBF : input[0]; // refusing makes
																			// no messages
			new FuzzedConversation(accepting).open(frames(input), input[1] & 0xFF, 0xFFFF);
		}
	}

	private static byte[] frames(byte[] input) {
		ClientBytes frames = new ClientBytes();
		Deflater zlib = new Deflater(6, true);
		int at = 2;
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
