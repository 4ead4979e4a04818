package io.wsboot.protocol.outgoing;

import java.nio.ByteBuffer;

import io.wsboot.frame.Opcode;

/**
 * Encodes one streamed message, whose length is not known, part by part (RFC 6455 §5.4).
 * Only control frames may stand between its frames. Not thread-safe.
 */
public final class StreamedFrames {

	private final DataFrames frames;

	/** The opcode of the next frame. */
	private Opcode next;

	StreamedFrames(DataFrames frames, Opcode first) {
		this.frames = frames;
		this.next = first;
	}

	/**
	 * Whether a part has been encoded.
	 * @return false at first
	 */
	public boolean isBegun() {
		return this.next == Opcode.CONTINUATION;
	}

	/**
	 * The size of a part on the wire.
	 * @param length payload bytes, 0 or more
	 * @return bytes of its frames; there is at least one frame
	 */
	public long size(int length) {
		return this.frames.size(length);
	}

	/**
	 * The size of each frame of a part but the last.
	 * @return bytes, header included
	 */
	public long frameSize() {
		return this.frames.frameSize();
	}

	/**
	 * Encodes the next part.
	 * @param part the payload from position to limit; its position moves to its limit
	 * @param last whether the message ends with this part
	 * @return the frames of the part, at least one, {@link #size} bytes
	 */
	public ByteBuffer next(ByteBuffer part, boolean last) {
		ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size(part.remaining())));
		this.frames.frames(this.next, false, last, part).writeAll(out);
		this.next = Opcode.CONTINUATION;
		return out.flip();
	}

}
