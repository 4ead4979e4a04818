package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;

/**
 * Outgoing messages as frames (RFC 6455 §5.4): one, or several when the payload is above
 * the threshold. Keeps no state, so any thread may write any message.
 */
public final class DataFrames {

	private final int threshold;

	/**
	 * A way to split.
	 * @param threshold the most payload bytes of a frame; 0 = never split
	 */
	public DataFrames(int threshold) {
		this.threshold = (threshold == 0) ? Integer.MAX_VALUE : threshold;
	}

	/**
	 * How much room a message needs.
	 * @param length payload bytes
	 * @return bytes of all its frames
	 */
	public long size(int length) {
		if (length <= this.threshold) {
			return (long) FrameWriter.headerSize(length) + length;
		}
		int whole = (length - 1) / this.threshold;
		int last = length - whole * this.threshold;
		return (long) whole * frameSize() + FrameWriter.headerSize(last) + last;
	}

	/**
	 * The size of each frame of a split message but the last.
	 * @return bytes with the header
	 */
	public long frameSize() {
		return (long) FrameWriter.headerSize(this.threshold) + this.threshold;
	}

	/**
	 * Begins a message whose length is not known.
	 * @param text whether it is text
	 * @return makes its frames
	 */
	public StreamedFrames begin(boolean text) {
		return new StreamedFrames(text, this.threshold);
	}

	/**
	 * Writes a message.
	 * @param out has room for {@link #size}
	 * @param text whether it is text
	 * @param payload the message from position to limit; its position moves to its limit
	 */
	public void write(ByteBuffer out, boolean text, ByteBuffer payload) {
		write(out, text, false, payload);
	}

	/**
	 * Begins a message that is written piece by piece.
	 * @param text whether it is text
	 * @param payload the message from position to limit; its position moves as it is
	 * written
	 * @return what is to be written
	 */
	public OutgoingFrames begin(boolean text, ByteBuffer payload) {
		return new OutgoingFrames(this.threshold, text, payload);
	}

	/** Writes a message whose payload may be compressed. */
	void write(ByteBuffer out, boolean text, boolean compressed, ByteBuffer payload) {
		Opcode opcode = text ? Opcode.TEXT : Opcode.BINARY;
		int left = payload.remaining();
		int end = payload.limit();
		boolean rsv1 = compressed;
		while (left > this.threshold) {
			FrameWriter.writeHeader(out, opcode, false, rsv1, this.threshold);
			out.put(payload.limit(payload.position() + this.threshold));
			payload.limit(end);
			left -= this.threshold;
			opcode = Opcode.CONTINUATION;
			rsv1 = false; // RFC 7692 §6: only the first frame says so
		}
		FrameWriter.writeHeader(out, opcode, true, rsv1, left);
		out.put(payload);
	}

}
