package io.wsboot.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.wsboot.HeldBytes;
import io.wsboot.Pieces;

/**
 * Fuzz target: frames one after the other, as a server and as a client reads them,
 * against a reading of all bytes at once. Its input is a byte that says whether the first
 * frame of a message may be compressed, one that chooses cuts, and the wire.
 */
public final class FramesFuzz {

	private FramesFuzz() {
	}

	/** Fails if the input shows a fault. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length < 2) {
			return;
		}
		boolean deflates = (input[0] & 1) != 0;
		byte[] wire = Arrays.copyOfRange(input, 2, input.length);
		for (FrameRules rules : FrameRules.values()) {
			String expected = NaiveFrames.read(wire, rules == FrameRules.SERVER, deflates);
			String outcome = read(rules, new Pieces(wire, input[1] & 0xFF), deflates, 1 + (input[0] & 0xFE));
			if (!outcome.equals(expected)) {
				throw new AssertionError(rules + " reads\n" + outcome + "\ninstead of\n" + expected);
			}
		}
	}

	private static String read(FrameRules rules, Pieces pieces, boolean deflates, int room) {
		FrameReader reader = new FrameReader(rules, deflates);
		StringBuilder frames = new StringBuilder();
		byte[] bytes = new byte[room];
		boolean inFrame = false;
		while (pieces.more()) {
			ByteBuffer piece = pieces.next();
			try {
				boolean more = true;
				while (more) {
					if (!inFrame) {
						inFrame = reader.readHeader(piece);
						if (inFrame) {
							NaiveFrames.header(frames, reader.fin(), reader.compressed(), reader.opcode().code(),
									reader.remaining());
						}
					}
					while (inFrame && reader.remaining() > 0 && piece.hasRemaining()) {
						int count = reader.readPayload(piece, bytes, 0);
						NaiveFrames.payload(frames, bytes, count);
						require(reader.ascii() == isAscii(bytes, count), "ascii");
					}
					more = inFrame && reader.remaining() == 0;
					inFrame = inFrame && !more;
				}
			}
			catch (ProtocolViolation ex) {
				// a piece may have been looked at beyond the byte that is wrong
				return frames.append("fails with ").append(ex.status().code()).toString();
			}
			require(!piece.hasRemaining(), "does not use all bytes");
			require(HeldBytes.of(reader) <= 14, "holds more than a header");
		}
		return frames.append("asks for more").toString();
	}

	private static boolean isAscii(byte[] bytes, int count) {
		for (int i = 0; i < count; i++) {
			if (bytes[i] < 0) {
				return false;
			}
		}
		return true;
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new AssertionError(what);
		}
	}

}
