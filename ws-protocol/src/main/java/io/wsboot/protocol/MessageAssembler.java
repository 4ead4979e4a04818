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
 * Makes messages of data frames (RFC 6455 §5.4): checks their order, size and number, and
 * text as it arrives. Does not check what a single frame may look like.
 */
final class MessageAssembler {

	private ProtocolLimits limits;

	/** Payload bytes of a message, which must fit into an array with one to spare. */
	private int maxSize;

	private final PayloadBuffer payload;

	private @Nullable Opcode type;

	private int fragments;

	/** Whether the text so far is pure ASCII, which needs neither check nor decoding. */
	private boolean ascii;

	private @Nullable Utf8Validator utf8;

	private final byte[] compressed;

	/** Null unless compression was agreed on. */
	private final @Nullable MessageInflater inflater;

	private boolean inflating;

	/** Bytes on the wire of the message that is inflated. */
	private long wireSize;

	MessageAssembler(ProtocolLimits limits, Scratch scratch, @Nullable MessageInflater inflater) {
		this.limits = limits;
		this.maxSize = maxSize(limits);
		this.compressed = scratch.compressed;
		this.inflater = inflater;
		this.payload = new PayloadBuffer(scratch.message, scratch);
	}

	private static int maxSize(ProtocolLimits limits) {
		return Math.min(limits.maxMessageSize(), PayloadBuffer.LARGEST - 1);
	}

	/** Between messages: those that come are of an endpoint that has such limits. */
	void heed(ProtocolLimits limits) {
		this.limits = limits;
		this.maxSize = maxSize(limits);
	}

	/** Whether it belongs to one conversation, as it has an inflater. */
	boolean inflates() {
		return this.inflater != null;
	}

	/** Whether a message has begun and not ended. */
	boolean isInMessage() {
		return this.type != null;
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
	 * What cannot be compressed grows a little (by an eighth if every byte becomes the
	 * longest code of RFC 1951 §3.2.6), which must not make a message that is just small
	 * enough too big.
	 */
	private long onWire(int limit) {
		return this.inflating ? limit + (limit >> 3) + 64L : limit;
	}

	private static ProtocolViolation tooBig() {
		return new ProtocolViolation(CloseStatus.MESSAGE_TOO_BIG, "message too big (RFC 6455 §10.4)");
	}

	/** Takes what is there of the frame's payload. */
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
				// what is wrong within the limit came before what is above it
				check(false, length - count, Math.min(length, this.maxSize));
			}
			if (length > this.maxSize) {
				throw tooBig();
			}
			count = this.payload.inflate(inflater, this.maxSize + 1);
		}
	}

	/** The last frame is there. */
	void complete() {
		if (this.inflating && this.inflater != null) {
			this.inflater.endInput();
			inflate(this.inflater);
			this.inflater.endMessage(this.payload.bytes(), this.payload.length());
		}
	}

	/** Memory for the message so far. */
	long held() {
		return this.payload.held() + ((this.inflater != null) ? this.inflater.held() : 0);
	}

	/** Memory that is kept between messages. */
	int kept() {
		return (this.inflater != null) ? this.inflater.kept() : 0;
	}

	/** No more messages will come. */
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
		long expected = this.inflating ? this.maxSize - this.payload.length() : frame.remaining();
		this.payload.keep(frame.opcode().isControl() ? 0 : expected);
	}

}
