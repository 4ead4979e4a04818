package io.wsboot.protocol.outgoing;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;

/**
 * Writes the frames of one outgoing message, or of one part of a streamed message, into
 * one buffer or into several (RFC 6455 §5.4). Not thread-safe.
 */
public final class OutgoingFrames {

	private final FrameWriter writer;

	private final int threshold;

	/** Whether the message ends with the last of these frames. */
	private final boolean last;

	private final ByteBuffer payload;

	/** The opcode of the next frame. */
	private Opcode opcode;

	/** Whether the next frame begins a compressed message. */
	private boolean compressed;

	/** Payload bytes of the current frame that are left to write. */
	private int leftOfFrame;

	/** The masking key for those bytes. */
	private int key;

	private boolean done;

	OutgoingFrames(FrameWriter writer, int threshold, Opcode first, boolean compressed, boolean last,
			ByteBuffer payload) {
		this.writer = writer;
		this.threshold = threshold;
		this.opcode = first;
		this.compressed = compressed;
		this.last = last;
		this.payload = payload;
	}

	/**
	 * Writes as many bytes as there is room for. A header is never cut.
	 * @param out takes the bytes
	 */
	public void write(ByteBuffer out) {
		while (!this.done) {
			if (this.leftOfFrame == 0) {
				int length = Math.min(this.payload.remaining(), this.threshold);
				if (out.remaining() < this.writer.headerSize(length)) {
					return;
				}
				boolean fin = this.last && length == this.payload.remaining();
				this.key = this.writer.writeHeader(out, this.opcode, fin, this.compressed, length);
				this.leftOfFrame = length;
				this.opcode = Opcode.CONTINUATION;
				this.compressed = false; // RFC 7692 §6: only the first frame says so
			}
			int count = Math.min(this.leftOfFrame, out.remaining());
			int end = this.payload.limit();
			this.key = this.writer.writePayload(out, this.payload.limit(this.payload.position() + count), this.key);
			this.payload.limit(end);
			this.leftOfFrame -= count;
			if (this.leftOfFrame > 0) {
				return;
			}
			this.done = !this.payload.hasRemaining();
		}
	}

	/**
	 * Writes all frames.
	 * @throws BufferOverflowException if there is no room for all of them, as somebody
	 * has changed the payload meanwhile
	 */
	void writeAll(ByteBuffer out) {
		write(out);
		if (!this.done) {
			throw new BufferOverflowException();
		}
	}

	/**
	 * Whether all frames have been written.
	 * @return true if so
	 */
	public boolean isDone() {
		return this.done;
	}

}
