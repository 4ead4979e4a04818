package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.CloseStatus;
import io.wsboot.frame.FrameReader;
import io.wsboot.frame.Opcode;
import io.wsboot.frame.ProtocolViolation;
import io.wsboot.frame.Utf8Validator;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of data frames (RFC 6455 §5.4): checks their order, size and number, and
 * text as it arrives. Does not check what a single frame may look like.
 */
final class MessageAssembler {

	private final ProtocolLimits limits;

	private final PayloadBuffer payload;

	private @Nullable Opcode type;

	private int fragments;

	/** Whether the text so far is pure ASCII, which needs neither check nor decoding. */
	private boolean ascii;

	private @Nullable Utf8Validator utf8;

	MessageAssembler(ProtocolLimits limits, Scratch scratch) {
		this.limits = limits;
		this.payload = new PayloadBuffer(scratch.message);
	}

	/** Takes note of the header of a data frame. */
	void begin(FrameReader frame) {
		if (frame.opcode() == Opcode.CONTINUATION) {
			if (this.type == null) {
				throw new ProtocolViolation(CloseStatus.PROTOCOL_ERROR,
						"continuation without a message (RFC 6455 §5.4)");
			}
			if (++this.fragments > this.limits.maxFragments()) {
				throw new ProtocolViolation(CloseStatus.POLICY_VIOLATION, "too many fragments (RFC 6455 §10.4)");
			}
		}
		else {
			if (this.type != null) {
				throw new ProtocolViolation(CloseStatus.PROTOCOL_ERROR, "message within a message (RFC 6455 §5.4)");
			}
			this.type = frame.opcode();
			this.fragments = 1;
			this.ascii = true;
		}
		long size = frame.remaining();
		if (size > this.limits.maxFrameSize() || this.payload.length() + size > this.limits.maxMessageSize()) {
			throw new ProtocolViolation(CloseStatus.MESSAGE_TOO_BIG, "message too big (RFC 6455 §10.4)");
		}
	}

	/** Takes what is there of the frame's payload. */
	void read(FrameReader frame, ByteBuffer in) {
		int count = this.payload.read(frame, in);
		if (this.type == Opcode.TEXT) {
			check(frame.ascii(), count);
		}
	}

	private void check(boolean ascii, int count) {
		if (ascii && (this.utf8 == null || this.utf8.betweenCharacters())) {
			return;
		}
		if (this.utf8 == null) {
			this.utf8 = new Utf8Validator();
		}
		this.ascii = false;
		this.utf8.check(this.payload.bytes(), this.payload.length() - count, this.payload.length());
	}

	boolean isText() {
		return this.type == Opcode.TEXT;
	}

	/** The length of the payload so far in bytes. */
	int size() {
		return this.payload.length();
	}

	/** The complete text. */
	String text() {
		if (this.ascii) {
			return new String(this.payload.bytes(), 0, this.payload.length(), StandardCharsets.ISO_8859_1);
		}
		if (this.utf8 != null) {
			this.utf8.end();
		}
		return new String(this.payload.bytes(), 0, this.payload.length(), StandardCharsets.UTF_8);
	}

	/** The complete bytes, lent until {@link #end}. */
	ByteBuffer bytes(Scratch scratch) {
		return scratch.view(this.payload.bytes(), this.payload.length());
	}

	/** The message has been handed on. */
	void end() {
		this.type = null;
		this.payload.clear();
	}

	/** Lets go of the shared memory. */
	void keep(FrameReader frame) {
		this.payload.keep(frame.opcode().isControl() ? 0 : frame.remaining());
	}

}
