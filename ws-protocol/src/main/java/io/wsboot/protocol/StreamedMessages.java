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
 * Hands on the messages of the types that an endpoint wants piecewise, as their bytes
 * arrive (RFC 6455 §5.4): checks the order and size of their frames. A part is at most
 * what the shared memory holds, and nothing of it is kept. Does not check what a single
 * frame may look like.
 */
final class StreamedMessages {

	private final StreamLimits limits;

	/** Parts are made here, and lent. */
	private final Scratch scratch;

	/** Null unless compression was agreed on. */
	private final @Nullable MessageInflater inflater;

	private final TextParts text = new TextParts();

	/** While a message arrives. */
	private @Nullable Opcode type;

	private boolean inflating;

	/** Bytes of the message on the wire. */
	private long wireSize;

	/** Bytes of the message once inflated. */
	private long inflated;

	private int emptyFragments;

	/** Whether the inflater has been told that the message has no more bytes. */
	private boolean tailed;

	private boolean frameDone;

	/** Whether nobody wants to hear of messages any more. */
	private boolean discarding;

	private StreamedMessages(StreamLimits limits, Scratch scratch, @Nullable MessageInflater inflater) {
		this.limits = limits;
		this.scratch = scratch;
		this.inflater = inflater;
	}

	/** Null if the endpoint wants all messages whole. */
	static @Nullable StreamedMessages of(EndpointOptions options, ProtocolLimits limits, Scratch scratch,
			@Nullable MessageInflater inflater) {
		StreamLimits own = StreamLimits.of(options, limits);
		return (own == null) ? null : new StreamedMessages(own, scratch, inflater);
	}

	/** Whether a message has begun and not ended. */
	boolean isInMessage() {
		return this.type != null;
	}

	/** Whether a message of that type is not to be assembled. */
	boolean takes(Opcode first) {
		return first.beginsMessage() && (this.discarding || this.limits.of(first) > 0);
	}

	/** Takes note of the header of a data frame. */
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
			this.tailed = false;
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
	 * @return whether to be called again at once, as there may be more
	 * @throws ProtocolViolation if the client breaks a rule or a limit
	 */
	boolean read(FrameReader frame, ByteBuffer in, IncomingFrames.Sink sink) {
		byte[] bytes = this.scratch.message;
		boolean isText = this.type == Opcode.TEXT;
		int from = (isText && !this.discarding) ? this.text.begin(bytes) : 0;
		int to = fill(frame, in, bytes, from);
		boolean last = this.frameDone && frame.fin();
		boolean more = this.frameDone || to == bytes.length;
		if (this.discarding) {
			this.type = last ? null : this.type;
		}
		else if (isText) {
			textPart(bytes, from, to, frame.ascii() && !this.inflating && to > from, last, sink);
		}
		else {
			binaryPart(bytes, to, last, sink);
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
				if (type() == Opcode.TEXT) { // what is wrong within the limit came before
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

	/** Gives the inflater what comes next; false if there is nothing for now. */
	private boolean feed(MessageInflater inflater, FrameReader frame, ByteBuffer in) {
		if (frame.remaining() > 0) {
			int count = frame.readPayload(in, this.scratch.compressed, 0);
			if (count > 0) {
				inflater.input(this.scratch.compressed, count);
			}
			return count > 0;
		}
		if (frame.fin() && !this.tailed) {
			this.tailed = true;
			inflater.endInput();
			return true;
		}
		this.frameDone = true;
		return false;
	}

	private void textPart(byte[] bytes, int from, int to, boolean ascii, boolean last, IncomingFrames.Sink sink) {
		String part = (to > from) ? this.text.take(bytes, from, to, ascii) : "";
		int size = (to > from) ? to - this.text.kept() : 0;
		if (last) {
			this.text.end();
		}
		handOn(bytes, to, this.text.kept(), last);
		if (last || size > 0) {
			sink.textPart(part, size, last);
		}
	}

	private void binaryPart(byte[] bytes, int to, boolean last, IncomingFrames.Sink sink) {
		handOn(bytes, to, 0, last);
		if (last || to > 0) {
			sink.binaryPart(this.scratch.view(bytes, to), last);
		}
	}

	/** What must have happened before anybody hears of the part, and does as he likes. */
	private void handOn(byte[] bytes, int to, int kept, boolean last) {
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

	/** Whether all of the current frame has been dealt with. */
	boolean isFrameDone() {
		return this.frameDone;
	}

	/** From here on messages are skipped. */
	void discard() {
		this.discarding = true;
		if (this.type != null && this.inflating && this.inflater != null) {
			this.inflater.end();
		}
	}

	/** Lets go of the shared memory. */
	void keep() {
		if (this.type != null && this.inflating && this.inflater != null && !this.discarding) {
			this.inflater.keepInput();
		}
	}

}
