package io.wsboot.protocol;

/**
 * Fuzz target: messages of proper frames, so that only their order, sizes and text
 * matter. Its input is a byte of choices (see {@link FuzzedConversation}), one that
 * chooses cuts, and the frames (see {@link FuzzedFrames}).
 */
public final class MessagesFuzz {

	private MessagesFuzz() {
	}

	/** Fails if the input shows a fault. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length >= 2) {
			int accepting = (input[0] < 0) ? input[0] & 0xBF : input[0]; // refusing makes
																			// no messages
			new FuzzedConversation(accepting).open(FuzzedFrames.of(input, 2), input[1] & 0xFF, 0xFFFF);
		}
	}

}
