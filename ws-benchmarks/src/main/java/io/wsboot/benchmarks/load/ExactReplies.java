package io.wsboot.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * Replies of one frame each, all equally long: a comparison of memory for all that one
 * read brings.
 */
final class ExactReplies implements Replies {

	private final FrameStream expected;

	private final int frameSize;

	private int at;

	/** Bytes of a frame that is not complete. */
	private int begun;

	ExactReplies(FrameStream expected) {
		this.expected = expected;
		this.frameSize = expected.frameSize(0);
	}

	@Override
	public int accept(ByteBuffer in) {
		int count = in.remaining();
		int wrong = in.mismatch(this.expected.from(this.at, count));
		if (wrong >= 0) {
			throw new WrongReplyException("byte " + (this.at + wrong) % this.frameSize + " of a reply is wrong");
		}
		this.at = (this.at + count) % this.expected.period();
		int complete = (this.begun + count) / this.frameSize;
		this.begun = (this.begun + count) % this.frameSize;
		return complete;
	}

}
