package io.wsboot.server.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.wsboot.Pieces;

/**
 * Fuzz target: a header of the PROXY protocol, against {@link NaiveProxyHeader}. Its
 * input is a byte that chooses cuts, and the wire.
 */
public final class ProxyHeaderFuzz {

	private ProxyHeaderFuzz() {
	}

	/** Fails if the input shows a fault. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length < 1) {
			return;
		}
		byte[] wire = Arrays.copyOfRange(input, 1, input.length);
		String expected = NaiveProxyHeader.read(wire);
		String cut = cut(new Pieces(wire, input[0] & 0xFF));
		String careful = careful(wire);
		if (!cut.equals(expected) || !careful.equals(expected)) {
			throw new AssertionError("is " + cut + ", and " + careful + " if read carefully,\nbut must be " + expected);
		}
	}

	private static String cut(Pieces pieces) {
		ProxyHeaderReader reader = new ProxyHeaderReader();
		while (pieces.more()) {
			ByteBuffer piece = pieces.next();
			String outcome = outcome(reader, piece);
			if (!outcome.equals("more")) {
				return outcome.endsWith("after") ? outcome + " " + (pieces.taken() - piece.remaining()) : outcome;
			}
			if (piece.hasRemaining()) {
				throw new AssertionError("leaves bytes although it needs more");
			}
		}
		return "more";
	}

	/** Reads no more than is known to be missing, as from a socket. */
	private static String careful(byte[] wire) {
		ProxyHeaderReader reader = new ProxyHeaderReader();
		int at = 0;
		while (at < wire.length) {
			ByteBuffer piece = ByteBuffer.wrap(wire, at, Math.min(reader.missing(), wire.length - at));
			String outcome = outcome(reader, piece);
			at = piece.limit();
			if (!outcome.equals("more")) {
				return outcome.endsWith("after") ? outcome + " " + at : outcome;
			}
		}
		return "more";
	}

	private static String outcome(ProxyHeaderReader reader, ByteBuffer piece) {
		try {
			ProxyHeader header = reader.read(piece);
			if ((header != null) != (reader.missing() == 0)) {
				throw new AssertionError("misses " + reader.missing() + " bytes");
			}
			if (header == null) {
				return "more";
			}
			return ((header.client() == null) ? "unknown"
					: header.client().getAddress().getHostAddress() + " " + header.client().getPort()) + " after";
		}
		catch (MalformedProxyHeader ex) {
			return "malformed";
		}
	}

}
