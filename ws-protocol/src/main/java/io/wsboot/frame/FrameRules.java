package io.wsboot.frame;

/**
 * The side that reads and writes frames, as far as frames tell: a client masks every
 * frame that it sends, and a server masks none (RFC 6455 §5.1). A {@link FrameReader} and
 * a {@link FrameWriter} are given their rules once, when they are made.
 */
public enum FrameRules {

	/** Every incoming frame must be masked; outgoing frames are not masked. */
	SERVER(FrameRules.MASK, 0),

	/** No incoming frame may be masked; outgoing frames are masked. */
	CLIENT(0, FrameRules.MASK);

	/** The bit of a frame's second byte that says that a masking key follows. */
	static final int MASK = 0x80;

	private final int incomingMask;

	private final int outgoingMask;

	FrameRules(int incomingMask, int outgoingMask) {
		this.incomingMask = incomingMask;
		this.outgoingMask = outgoingMask;
	}

	/** The mask bit that every incoming frame must have: {@link #MASK} or 0. */
	int incomingMask() {
		return this.incomingMask;
	}

	/** The mask bit that every outgoing frame gets: {@link #MASK} or 0. */
	int outgoingMask() {
		return this.outgoingMask;
	}

	/** The bytes of the masking key behind a header: 4 with the mask bit, else 0. */
	static int keySize(int maskBit) {
		return maskBit >>> 5;
	}

}
