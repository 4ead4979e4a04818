package io.wsboot.protocol.outgoing;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.frame.ClosePayload;
import io.wsboot.frame.FrameRules;
import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;

/**
 * Encodes outgoing control frames, each into a buffer of its own (RFC 6455 §5.5). Keeps
 * no state: any thread may call it.
 */
public final class ControlFrames {

	/** Control frames of a server. */
	public static final ControlFrames SERVER = new ControlFrames(FrameRules.SERVER);

	private static final int MAX_PAYLOAD = 125;

	private final FrameWriter writer;

	ControlFrames(FrameRules rules) {
		this.writer = new FrameWriter(rules);
	}

	/**
	 * Encodes a Ping.
	 * @param payload at most 125 bytes; its position stays
	 * @return the frame
	 * @throws IllegalArgumentException if the payload is too long
	 */
	public ByteBuffer ping(ByteBuffer payload) {
		return frame(Opcode.PING, limited("Ping", payload));
	}

	/**
	 * Encodes a Pong that answers no Ping.
	 * @param payload at most 125 bytes; its position stays
	 * @return the frame
	 * @throws IllegalArgumentException if the payload is too long
	 */
	public ByteBuffer unsolicitedPong(ByteBuffer payload) {
		return frame(Opcode.PONG, limited("Pong", payload));
	}

	private static ByteBuffer limited(String what, ByteBuffer payload) {
		if (payload.remaining() > MAX_PAYLOAD) {
			throw new IllegalArgumentException("a " + what + " holds at most 125 bytes (RFC 6455 §5.5)");
		}
		return payload.duplicate();
	}

	/** Encodes a Pong that answers a Ping, whose payload moves to its limit. */
	public ByteBuffer pong(ByteBuffer payload) {
		return frame(Opcode.PONG, payload);
	}

	/** Encodes a Close frame. */
	public ByteBuffer close(CloseStatus status) {
		return frame(Opcode.CLOSE, ByteBuffer.wrap(ClosePayload.of(status)));
	}

	private ByteBuffer frame(Opcode opcode, ByteBuffer payload) {
		int length = payload.remaining();
		ByteBuffer frame = ByteBuffer.allocate(this.writer.headerSize(length) + length);
		int key = this.writer.writeHeader(frame, opcode, true, false, length);
		this.writer.writePayload(frame, payload, key);
		return frame.flip();
	}

}
