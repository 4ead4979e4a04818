package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;

/**
 * The frames of one outgoing message whose length is not known (RFC 6455 §5.4): what may
 * stand between them is only control frames. Not thread-safe.
 */
public final class StreamedFrames {

	private final int threshold;

	/** Of the next frame. */
	private Opcode opcode;

	StreamedFrames(boolean text, int threshold) {
		this.threshold = threshold;
		this.opcode = text ? Opcode.TEXT : Opcode.BINARY;
	}

	/**
	 * Whether there has been a frame.
	 * @return false at first
	 */
	public boolean isBegun() {
		return this.opcode == Opcode.CONTINUATION;
	}

	/**
	 * How much room a part needs.
	 * @param length payload bytes, 0 or more
	 * @return bytes of its frames, of which there is at least one
	 */
	public long size(int length) {
		int whole = (length == 0) ? 0 : (length - 1) / this.threshold;
		int last = length - whole * this.threshold;
		return whole * frameSize() + FrameWriter.headerSize(last) + last;
	}

	/**
	 * The size of each frame of a part but the last.
	 * @return bytes with the header
	 */
	public long frameSize() {
		return (long) FrameWriter.headerSize(this.threshold) + this.threshold;
	}

	/**
	 * The frames of the next part.
	 * @param part the payload from position to limit; its position moves to its limit
	 * @param last whether the message ends with it
	 * @return at least one frame
	 */
	public ByteBuffer next(ByteBuffer part, boolean last) {
		ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size(part.remaining())));
		int end = part.limit();
		do {
			int length = Math.min(end - part.position(), this.threshold);
			boolean fin = last && part.position() + length == end;
			FrameWriter.writeHeader(out, this.opcode, fin, length);
			out.put(part.limit(part.position() + length));
			part.limit(end);
			this.opcode = Opcode.CONTINUATION;
		}
		while (part.hasRemaining());
		return out.flip();
	}

}
