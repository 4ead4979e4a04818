package io.wsboot.protocol.outgoing;

import java.nio.ByteBuffer;
import java.util.ConcurrentModificationException;

import io.wsboot.frame.FrameRules;
import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;

/**
 * Encodes outgoing messages as frames (RFC 6455 §5.4): one frame, or several if the
 * payload is above a threshold. Keeps no state: any thread may encode any message.
 */
public final class DataFrames {

	private final FrameWriter writer;

	private final int threshold;

	/**
	 * Makes an encoder.
	 * @param rules whether frames are masked
	 * @param threshold the most payload bytes of a frame; 0 = messages are never split
	 */
	public DataFrames(FrameRules rules, int threshold) {
		this.writer = new FrameWriter(rules);
		this.threshold = (threshold == 0) ? Integer.MAX_VALUE : threshold;
	}

	/**
	 * Makes an encoder for a server.
	 * @param threshold the most payload bytes of a frame; 0 = messages are never split
	 * @return the encoder
	 */
	public static DataFrames ofServer(int threshold) {
		return new DataFrames(FrameRules.SERVER, threshold);
	}

	/**
	 * The size of a message, or of a part of a streamed message, on the wire.
	 * @param length payload bytes, 0 or more
	 * @return bytes of all its frames; there is at least one frame
	 */
	public long size(int length) {
		if (length <= this.threshold) {
			return (long) this.writer.headerSize(length) + length;
		}
		int whole = (length - 1) / this.threshold;
		int last = length - whole * this.threshold;
		return whole * frameSize() + this.writer.headerSize(last) + last;
	}

	/**
	 * The size of each frame of a split message but the last.
	 * @return bytes, header included
	 */
	public long frameSize() {
		return (long) this.writer.headerSize(this.threshold) + this.threshold;
	}

	/**
	 * Writes a whole message. Writes all or nothing: somebody may change or free the
	 * payload meanwhile.
	 * @param out has room for {@link #size}
	 * @param text whether the message is text
	 * @param payload the message from position to limit; its position moves to its limit
	 * @throws ConcurrentModificationException if the length of the payload has changed
	 * meanwhile
	 */
	public void write(ByteBuffer out, boolean text, ByteBuffer payload) {
		int start = out.position();
		int length = payload.remaining();
		boolean whole = false;
		try {
			if (length > this.threshold) {
				begin(text, payload).writeAll(out);
			}
			else { // without an object, as most messages are not split
				int key = this.writer.writeHeader(out, opcode(text), true, false, length);
				this.writer.writePayload(out, payload, key);
			}
			whole = out.position() - start == size(length);
		}
		finally {
			if (!whole) {
				out.position(start);
			}
		}
		if (!whole) {
			throw new ConcurrentModificationException("the payload was changed while it was written");
		}
	}

	/** Writes a whole message whose payload has been compressed (RFC 7692 §6). */
	void writeCompressed(ByteBuffer out, boolean text, ByteBuffer payload) {
		frames(opcode(text), true, true, payload).writeAll(out);
	}

	/**
	 * Begins a message that is written into several buffers.
	 * @param text whether the message is text
	 * @param payload the message from position to limit; its position moves as it is
	 * written
	 * @return writes the frames of the message
	 */
	public OutgoingFrames begin(boolean text, ByteBuffer payload) {
		return frames(opcode(text), false, true, payload);
	}

	/**
	 * Begins a streamed message, whose length is not known.
	 * @param text whether the message is text
	 * @return encodes the parts of the message
	 */
	public StreamedFrames begin(boolean text) {
		return new StreamedFrames(this, opcode(text));
	}

	/** The frames of a message, or of a part of a streamed message. */
	OutgoingFrames frames(Opcode first, boolean compressed, boolean last, ByteBuffer payload) {
		return new OutgoingFrames(this.writer, this.threshold, first, compressed, last, payload);
	}

	private static Opcode opcode(boolean text) {
		return text ? Opcode.TEXT : Opcode.BINARY;
	}

}
