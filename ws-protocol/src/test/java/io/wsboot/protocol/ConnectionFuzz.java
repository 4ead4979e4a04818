package io.wsboot.protocol;

import java.util.Arrays;

/**
 * Fuzz target: a whole connection from its first byte on. Its input is a byte of choices
 * (see {@link FuzzedConversation}; bit 5 has a proper handshake put before the rest), one
 * that chooses cuts, two that say when the server closes, and the wire.
 */
public final class ConnectionFuzz {

	private ConnectionFuzz() {
	}

	/** Fails if the input shows a fault. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length < 4) {
			return;
		}
		int closeAt = (input[2] & 0xFF) << 8 | (input[3] & 0xFF);
		byte[] wire = Arrays.copyOfRange(input, 4, input.length);
		FuzzedConversation conversation = new FuzzedConversation(input[0] & 0xFF);
		if ((input[0] & 0x20) != 0) {
			conversation.open(wire, input[1] & 0xFF, closeAt);
		}
		else {
			conversation.unopened(wire, input[1] & 0xFF, closeAt);
		}
	}

}
