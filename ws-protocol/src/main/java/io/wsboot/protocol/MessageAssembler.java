package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.CloseStatus;
import io.wsboot.deflate.MessageInflater;
import io.wsboot.frame.FrameReader;
import io.wsboot.frame.Opcode;
import io.wsboot.frame.ProtocolViolation;
import io.wsboot.frame.Utf8Validator;
import org.jspecify.annotations.Nullable;

/**
 * Assembles messages from data frames (RFC 6455 §5.4). Checks order, size and number of
 * frames, and UTF-8 as the text arrives. Leaves the rules for single frames to
 * {@link FrameReader}.
 */
final class MessageAssembler {

	private ProtocolLimits limits;

	/** The most payload bytes of a message: they fit into an array with one to spare. */
	private int maxSize;

	private final PayloadBuffer payload;

	/** Null between messages. */
	private @Nullable Opcode type;

	private int fragments;

	/** Whether the text so far is pure ASCII, and so needs neither check nor decoding. */
	private boolean ascii;

	private @Nullable Utf8Validator utf8;

	private final byte[] compressed;

	/** Null unless compression was agreed on. */
	private final @Nullable MessageInflater inflater;

	private boolean inflating;

	/** Bytes of the current message on the wire. */
	private long wireSize;

	MessageAssembler(ProtocolLimits limits, PayloadMemory memory, @Nullable MessageInflater inflater) {
		this.limits = limits;
		this.maxSize = maxSize(limits);
		this.compressed = memory.compressed;
		this.inflater = inflater;
		this.payload = new PayloadBuffer(memory.message, memory);
	}

	private static int maxSize(ProtocolLimits limits) {
		return Math.min(limits.maxMessageSize(), PayloadBuffer.LARGEST - 1);
	}

	/** Applies the limits of the next connection. Only between two messages. */
	void useLimits(ProtocolLimits limits) {
		this.limits = limits;
		this.maxSize = maxSize(limits);
	}

	/** Whether this assembler inflates, and so belongs to one connection. */
	boolean inflates() {
		return this.inflater != null;
	}

	/** Whether a message has begun and not ended. */
	boolean isInMessage() {
		return this.type != null;
	}

	/** Called for the header of each data frame. */
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
			this.inflating = frame.compressed();
			this.ascii = !this.inflating;
			this.wireSize = 0;
		}
		checkSize(frame.remaining());
	}

	private void checkSize(long size) {
		this.wireSize += size;
		if (size > onWire(this.limits.maxFrameSize()) || this.wireSize > onWire(this.maxSize)) {
			throw tooBig();
		}
	}

	/**
	 * The limit on the wire. Bytes that cannot be compressed grow (by an eighth if every
	 * byte becomes the longest code of RFC 1951 §3.2.6), which must not make a message
	 * too big that is just small enough.
	 */
	private long onWire(int limit) {
		return this.inflating ? limit + (limit >> 3) + 64L : limit;
	}

	private static ProtocolViolation tooBig() {
		return new ProtocolViolation(CloseStatus.MESSAGE_TOO_BIG, "message too big (RFC 6455 §10.4)");
	}

	/** Reads as much of the frame's payload as has arrived. */
	void read(FrameReader frame, ByteBuffer in) {
		if (this.inflating && this.inflater != null) {
			while (frame.remaining() > 0 && in.hasRemaining()) {
				this.inflater.input(this.compressed, frame.readPayload(in, this.compressed, 0));
				inflate(this.inflater);
			}
			return;
		}
		int count = this.payload.read(frame, in);
		if (this.type == Opcode.TEXT) {
			check(frame.ascii(), this.payload.length() - count, this.payload.length());
		}
	}

	private void inflate(MessageInflater inflater) {
		int count = this.payload.inflate(inflater, this.maxSize + 1);
		while (count > 0) {
			int length = this.payload.length();
			if (this.type == Opcode.TEXT) {
				// a wrong byte within the limit came before the bytes above the limit
				check(false, length - count, Math.min(length, this.maxSize));
			}
			if (length > this.maxSize) {
				throw tooBig();
			}
			count = this.payload.inflate(inflater, this.maxSize + 1);
		}
	}

	/** Called when the last frame has been read. */
	void complete() {
		if (this.inflating && this.inflater != null) {
			this.inflater.endInput();
			inflate(this.inflater);
			this.inflater.endMessage(this.payload.bytes(), this.payload.length());
		}
	}

	/** Bytes of memory for the message so far. */
	long held() {
		return this.payload.held() + ((this.inflater != null) ? this.inflater.held() : 0);
	}

	/** Bytes of memory that are kept between messages. */
	int kept() {
		return (this.inflater != null) ? this.inflater.kept() : 0;
	}

	/** Frees all memory: no message will come any more. */
	void release() {
		this.payload.clear();
		if (this.inflater != null) {
			this.inflater.end();
		}
	}

	private void check(boolean ascii, int from, int to) {
		if (ascii && (this.utf8 == null || this.utf8.betweenCharacters())) {
			return;
		}
		if (this.utf8 == null) {
			this.utf8 = new Utf8Validator();
		}
		this.ascii = false;
		this.utf8.check(this.payload.bytes(), from, to);
	}

	/** Whether the message is text. */
	boolean isText() {
		return this.type == Opcode.TEXT;
	}

	/** Payload bytes so far. */
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
	ByteBuffer bytes(PayloadMemory memory) {
		return memory.view(this.payload.bytes(), this.payload.length());
	}

	/** Called when the message has been handed on. */
	void end() {
		this.type = null;
		this.payload.clear();
	}

	/** Moves the message so far out of the shared memory. */
	void keep(FrameReader frame) {
		long expected = this.inflating ? this.maxSize - this.payload.length() : frame.remaining();
		this.payload.keep(frame.opcode().isControl() ? 0 : expected);
	}

}
