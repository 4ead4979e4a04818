package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.deflate.MessageInflater;
import io.wsboot.frame.FrameReader;
import io.wsboot.frame.Opcode;
import io.wsboot.frame.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * Hands on streamed messages, part by part as their bytes arrive (RFC 6455 §5.4). Checks
 * order and size of their frames, and UTF-8. A part is at most as long as the shared
 * memory, and no byte of a part is kept. Leaves the rules for single frames to
 * {@link FrameReader}.
 */
final class StreamedMessages {

	private final StreamLimits limits;

	/** Parts are made in this memory, and lent. */
	private final PayloadMemory memory;

	/** Null unless compression was agreed on. */
	private final @Nullable MessageInflater inflater;

	private final TextParts text = new TextParts();

	/** Null between messages. */
	private @Nullable Opcode type;

	private boolean inflating;

	/** Bytes of the current message on the wire. */
	private long wireSize;

	/** Inflated bytes of the current message. */
	private long inflated;

	private int emptyFragments;

	/** Whether the inflater has been given the end of the message. */
	private boolean inputEnded;

	private boolean frameDone;

	/** Whether messages are skipped. */
	private boolean discarding;

	private StreamedMessages(StreamLimits limits, PayloadMemory memory, @Nullable MessageInflater inflater) {
		this.limits = limits;
		this.memory = memory;
		this.inflater = inflater;
	}

	/** Null if the endpoint takes all messages whole. */
	static @Nullable StreamedMessages of(EndpointOptions options, ProtocolLimits limits, PayloadMemory memory,
			@Nullable MessageInflater inflater) {
		StreamLimits own = StreamLimits.of(options, limits);
		return (own == null) ? null : new StreamedMessages(own, memory, inflater);
	}

	/** Whether a message has begun and not ended. */
	boolean isInMessage() {
		return this.type != null;
	}

	/** Whether a message that begins with such a frame is streamed, or skipped. */
	boolean takes(Opcode first) {
		return first.beginsMessage() && (this.discarding || this.limits.of(first) > 0);
	}

	/** Called for the header of each data frame. */
	void begin(FrameReader frame) {
		if (frame.opcode() == Opcode.CONTINUATION) {
			if (frame.remaining() == 0 && !frame.fin() && ++this.emptyFragments > this.limits.maxEmptyFragments()) {
				throw new ProtocolViolation(CloseStatus.POLICY_VIOLATION, "too many empty fragments (RFC 6455 §10.4)");
			}
		}
		else {
			if (this.type != null) {
				throw new ProtocolViolation(CloseStatus.PROTOCOL_ERROR, "message within a message (RFC 6455 §5.4)");
			}
			this.type = frame.opcode();
			this.inflating = frame.compressed();
			this.inputEnded = false;
			this.wireSize = 0;
			this.inflated = 0;
			this.emptyFragments = 0;
		}
		this.frameDone = false;
		if (!this.discarding) {
			checkSize(frame.remaining());
		}
	}

	private void checkSize(long frameSize) {
		if (frameSize > this.limits.onWire(type(), this.inflating) - this.wireSize) {
			throw tooBig();
		}
		this.wireSize += frameSize;
	}

	private static ProtocolViolation tooBig() {
		return new ProtocolViolation(CloseStatus.MESSAGE_TOO_BIG, "message too big (RFC 6455 §10.4)");
	}

	/**
	 * Reads and hands on at most one part.
	 * @return whether there may be another part at once
	 * @throws ProtocolViolation if the peer breaks a rule or a limit
	 */
	boolean read(FrameReader frame, ByteBuffer in, MessageListener messages) {
		byte[] bytes = this.memory.message;
		boolean isText = this.type == Opcode.TEXT;
		int from = (isText && !this.discarding) ? this.text.begin(bytes) : 0;
		int to = fill(frame, in, bytes, from);
		boolean last = this.frameDone && frame.fin();
		boolean more = this.frameDone || to == bytes.length;
		if (this.discarding) {
			this.type = last ? null : this.type;
		}
		else if (isText) {
			textPart(bytes, from, to, frame.ascii() && !this.inflating && to > from, last, messages);
		}
		else {
			binaryPart(bytes, to, last, messages);
		}
		return more;
	}

	private int fill(FrameReader frame, ByteBuffer in, byte[] bytes, int from) {
		if (this.inflating && this.inflater != null && !this.discarding) {
			return inflate(this.inflater, frame, in, bytes, from);
		}
		int count = frame.readPayload(in, bytes, from);
		this.frameDone = frame.remaining() == 0;
		return from + count;
	}

	private int inflate(MessageInflater inflater, FrameReader frame, ByteBuffer in, byte[] bytes, int from) {
		int to = from;
		boolean more = true;
		while (more && to < bytes.length) {
			long allowed = this.limits.of(type()) - this.inflated;
			int room = (int) Math.min(bytes.length - to, (allowed < Integer.MAX_VALUE) ? allowed + 1 : allowed);
			int count = inflater.inflate(bytes, to, room);
			if (count > allowed) {
				if (type() == Opcode.TEXT) { // a wrong byte within the limit came before
					this.text.take(bytes, from, to + (int) allowed, false);
				}
				throw tooBig();
			}
			this.inflated += count;
			to += count;
			if (count == 0) {
				more = feed(inflater, frame, in);
			}
		}
		return to;
	}

	/** Gives the inflater the next bytes; false if none have arrived. */
	private boolean feed(MessageInflater inflater, FrameReader frame, ByteBuffer in) {
		if (frame.remaining() > 0) {
			int count = frame.readPayload(in, this.memory.compressed, 0);
			if (count > 0) {
				inflater.input(this.memory.compressed, count);
			}
			return count > 0;
		}
		if (frame.fin() && !this.inputEnded) {
			this.inputEnded = true;
			inflater.endInput();
			return true;
		}
		this.frameDone = true;
		return false;
	}

	private void textPart(byte[] bytes, int from, int to, boolean ascii, boolean last, MessageListener messages) {
		String part = (to > from) ? this.text.take(bytes, from, to, ascii) : "";
		int size = (to > from) ? to - this.text.kept() : 0;
		if (last) {
			this.text.end();
		}
		beforePart(bytes, to, this.text.kept(), last);
		if (last || size > 0) {
			messages.onTextPart(part, size, last);
		}
	}

	private void binaryPart(byte[] bytes, int to, boolean last, MessageListener messages) {
		beforePart(bytes, to, 0, last);
		if (last || to > 0) {
			messages.onBinaryPart(this.memory.view(bytes, to), last);
		}
	}

	/**
	 * Brings the state up to date before the listener hears of the part and calls back.
	 */
	private void beforePart(byte[] bytes, int to, int kept, boolean last) {
		if (this.inflating && this.inflater != null) {
			if (last) {
				this.inflater.endMessage(bytes, to);
			}
			else {
				this.inflater.goOnAt(kept, bytes, to);
			}
		}
		if (last) {
			this.type = null;
		}
	}

	private Opcode type() {
		if (this.type == null) {
			throw new IllegalStateException("no message has begun");
		}
		return this.type;
	}

	/** Whether the current frame has been read to its end. */
	boolean isFrameDone() {
		return this.frameDone;
	}

	/** Skips messages from here on, and the rest of the current one. */
	void discard() {
		this.discarding = true;
		if (this.type != null && this.inflating && this.inflater != null) {
			this.inflater.end();
		}
	}

	/** Moves what the inflater has not read yet out of the shared memory. */
	void keep() {
		if (this.type != null && this.inflating && this.inflater != null && !this.discarding) {
			this.inflater.keepInput();
		}
	}

}
