package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.frame.ClosePayload;
import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;

/**
 * Whole outgoing control frames (RFC 6455 §5.5).
 */
public final class ControlFrames {

	private ControlFrames() {
	}

	/**
	 * A Ping.
	 * @param payload at most 125 bytes; its position stays
	 * @return the frame
	 * @throws IllegalArgumentException if the payload is too long
	 */
	public static ByteBuffer ping(ByteBuffer payload) {
		if (payload.remaining() > 125) {
			throw new IllegalArgumentException("a Ping holds at most 125 bytes (RFC 6455 §5.5)");
		}
		return frame(Opcode.PING, payload.duplicate());
	}

	static ByteBuffer pong(ByteBuffer payload) {
		return frame(Opcode.PONG, payload);
	}

	static ByteBuffer close(CloseStatus status) {
		return frame(Opcode.CLOSE, ByteBuffer.wrap(ClosePayload.of(status)));
	}

	private static ByteBuffer frame(Opcode opcode, ByteBuffer payload) {
		int length = payload.remaining();
		ByteBuffer frame = ByteBuffer.allocate(FrameWriter.headerSize(length) + length);
		FrameWriter.writeHeader(frame, opcode, true, length);
		return frame.put(payload).flip();
	}

}
