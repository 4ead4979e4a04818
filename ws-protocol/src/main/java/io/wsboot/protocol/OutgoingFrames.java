package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;

/**
 * One outgoing message that is written piece by piece into buffers shorter than itself.
 * Not thread-safe.
 */
public final class OutgoingFrames {

	private final int threshold;

	private final ByteBuffer payload;

	/** Of the next frame. */
	private Opcode opcode;

	/** Payload bytes of the current frame. */
	private int leftOfFrame;

	private boolean done;

	OutgoingFrames(int threshold, boolean text, ByteBuffer payload) {
		this.threshold = threshold;
		this.opcode = text ? Opcode.TEXT : Opcode.BINARY;
		this.payload = payload;
	}

	/**
	 * Writes as much as there is room for; a header is never cut.
	 * @param out takes the bytes
	 */
	public void write(ByteBuffer out) {
		while (!this.done) {
			if (this.leftOfFrame == 0) {
				int length = Math.min(this.payload.remaining(), this.threshold);
				if (out.remaining() < FrameWriter.headerSize(length)) {
					return;
				}
				FrameWriter.writeHeader(out, this.opcode, length == this.payload.remaining(), length);
				this.leftOfFrame = length;
				this.opcode = Opcode.CONTINUATION;
			}
			int count = Math.min(this.leftOfFrame, out.remaining());
			int end = this.payload.limit();
			out.put(this.payload.limit(this.payload.position() + count));
			this.payload.limit(end);
			this.leftOfFrame -= count;
			if (this.leftOfFrame > 0) {
				return;
			}
			this.done = !this.payload.hasRemaining();
		}
	}

	/**
	 * Whether all has been written.
	 * @return true if so
	 */
	public boolean isDone() {
		return this.done;
	}

}
