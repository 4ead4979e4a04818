package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.EndpointOptions;
import io.wsboot.deflate.MessageInflater;
import io.wsboot.frame.FrameReader;
import io.wsboot.frame.Opcode;
import io.wsboot.frame.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames (RFC 6455 §5) and hands on whole messages and control frames.
 * Does not know whether the connection is closing, nor what control frames ask for.
 */
final class IncomingFrames {

	/** Takes what is complete. */
	interface Sink {

		void text(String text, int size);

		/** The payload is lent until the method returns. */
		void binary(ByteBuffer payload);

		void textPart(String part, int size, boolean last);

		/** The part is lent until the method returns. */
		void binaryPart(ByteBuffer part, boolean last);

		/** The payload is lent until the method returns. */
		void control(Opcode opcode, byte[] payload, int length);

	}

	/** About what it takes to read frames and gather a message, but for the payload. */
	private static final int OWN_MEMORY = 256;

	/** What a frame's second byte can say (RFC 6455 §5.2). */
	private static final int MOST_OF_SHORT = 125;

	private ProtocolLimits limits;

	private final Scratch scratch;

	/** The payload bytes of a message that may be read in one go. */
	private int mostOfShort;

	private final FrameReader frame;

	/** Made when there is a message that is not handed on piecewise. */
	private @Nullable MessageAssembler message;

	/** Null if the endpoint wants all messages whole. */
	private final @Nullable StreamedMessages streamed;

	/** Whether they are lent from conversation to conversation. */
	private final boolean lent;

	/** Whether the current frame is of a message that is handed on piecewise. */
	private boolean streaming;

	/** Only while a control frame has arrived in part. */
	private @Nullable PayloadBuffer control;

	/**
	 * Whether the header of the current frame has been dealt with, but not all of its
	 * payload.
	 */
	private boolean inFrame;

	private IncomingFrames(ProtocolLimits limits, Scratch scratch, @Nullable MessageInflater inflater,
			@Nullable StreamedMessages streamed) {
		this.limits = limits;
		this.scratch = scratch;
		this.mostOfShort = mostOfShort(limits, scratch);
		this.lent = inflater == null && streamed == null;
		this.frame = new FrameReader(inflater != null);
		this.message = (inflater == null) ? null : new MessageAssembler(limits, scratch, inflater);
		this.streamed = streamed;
	}

	/** Those of one conversation after the other. */
	static IncomingFrames lent(ProtocolLimits limits, Scratch scratch) {
		return new IncomingFrames(limits, scratch, null, null);
	}

	/**
	 * Those of a conversation that keeps something between two messages, or has other
	 * wishes than most; null if it is none of these.
	 */
	static @Nullable IncomingFrames ownOf(EndpointOptions options, ProtocolLimits limits, Scratch scratch,
			@Nullable MessageInflater inflater) {
		StreamedMessages streamed = StreamedMessages.of(options, limits, scratch, inflater);
		return (inflater == null && streamed == null) ? null : new IncomingFrames(limits, scratch, inflater, streamed);
	}

	boolean areLent() {
		return this.lent;
	}

	private static int mostOfShort(ProtocolLimits limits, Scratch scratch) {
		return Math.min(Math.min(MOST_OF_SHORT, scratch.message.length),
				Math.min(limits.maxFrameSize(), limits.maxMessageSize()));
	}

	/** Between messages: those that come are of an endpoint that has such limits. */
	void heed(ProtocolLimits limits) {
		if (this.limits != limits) {
			this.limits = limits;
			this.mostOfShort = mostOfShort(limits, this.scratch);
			if (this.message != null) {
				this.message.heed(limits);
			}
		}
	}

	/** Whether nothing has arrived in part. */
	boolean areBetweenMessages() {
		return !this.inFrame && !this.frame.isCut() && !isInMessage();
	}

	/**
	 * Reads the next frame, or the next part of it. Without new bytes too there may be a
	 * next part, of those that have been read before.
	 * <p>
	 * It is in one piece so that HotSpot compiles it by itself, with all that it calls,
	 * rather than as part of its callers, whose limits of depth and size cut it wherever
	 * they are reached: nothing above 325 bytes of bytecode is made part of anything.
	 * @return false when all bytes are used and more are needed
	 * @throws ProtocolViolation if the client breaks a rule or a limit
	 */
	boolean read(ByteBuffer in, Sink sink) {
		if (this.streamed == null && areBetweenMessages()) {
			byte[] payload = this.scratch.message;
			int start = in.position();
			int size = this.frame.readShortMessage(in, payload, this.mostOfShort);
			if (size >= 0 && this.frame.opcode() == Opcode.BINARY) {
				sink.binary(this.scratch.view(payload, size));
				return true;
			}
			if (size >= 0 && this.frame.ascii()) {
				sink.text(new String(payload, 0, size, StandardCharsets.ISO_8859_1), size);
				return true;
			}
			in.position(start); // text that is to be checked is read like any other
		}
		if (!this.inFrame) {
			if (!this.frame.readHeader(in)) {
				return false;
			}
			this.inFrame = true;
			if (this.frame.opcode().isControl()) {
				this.streaming = false;
				this.control = new PayloadBuffer(this.scratch.control, this.scratch);
			}
			else {
				beginData();
			}
		}
		if (this.streaming && this.streamed != null) {
			return readPart(this.streamed, in, sink);
		}
		PayloadBuffer control = this.control;
		if (control != null) {
			control.read(this.frame, in);
		}
		else {
			message().read(this.frame, in);
		}
		if (this.frame.remaining() > 0) {
			return false;
		}
		this.inFrame = false;
		if (control != null) {
			this.control = null;
			sink.control(this.frame.opcode(), control.bytes(), control.length());
		}
		else if (this.frame.fin()) {
			MessageAssembler message = message();
			message.complete();
			if (message.isText()) {
				int size = message.size();
				String text = message.text();
				message.end();
				sink.text(text, size);
			}
			else {
				sink.binary(message.bytes(this.scratch));
				message.end();
			}
		}
		return true;
	}

	private void beginData() {
		StreamedMessages streamed = this.streamed;
		this.streaming = streamed != null
				&& (streamed.isInMessage() || !isInMessage() && streamed.takes(this.frame.opcode()));
		if (this.streaming && streamed != null) {
			streamed.begin(this.frame);
		}
		else {
			message().begin(this.frame);
		}
	}

	private MessageAssembler message() {
		MessageAssembler message = this.message;
		if (message == null) {
			message = new MessageAssembler(this.limits, this.scratch, null);
			this.message = message;
		}
		return message;
	}

	private boolean isInMessage() {
		return this.message != null && this.message.isInMessage();
	}

	private boolean readPart(StreamedMessages streamed, ByteBuffer in, Sink sink) {
		boolean more = streamed.read(this.frame, in, sink);
		this.inFrame = !streamed.isFrameDone();
		return more;
	}

	/** Payload bytes of the current frame that have not come yet. */
	long expected() {
		return this.inFrame ? this.frame.remaining() : 0;
	}

	/** Memory for what has come in part. */
	long held() {
		return (areBetweenMessages() ? 0 : OWN_MEMORY) + ((this.message != null) ? this.message.held() : 0);
	}

	/** Memory that is kept between messages. */
	int kept() {
		return (this.message != null) ? this.message.kept() : 0;
	}

	/** Nothing more will be read. */
	void release() {
		if (this.message != null) {
			this.message.release();
		}
	}

	/** No message that begins from here on is wanted, nor the rest of a streamed one. */
	void discardMessages() {
		if (this.streamed != null) {
			this.streamed.discard();
		}
	}

	/** Lets go of the memory that is shared with other conversations. */
	void keepWhatIsIncomplete() {
		if (this.streamed != null) {
			this.streamed.keep();
		}
		keepMessage(this.message);
		if (this.control != null) {
			this.control.keep(this.frame.remaining());
		}
	}

	private void keepMessage(@Nullable MessageAssembler message) {
		if (message == null) {
			return;
		}
		if (message.isInMessage() || message.inflates()) {
			message.keep(this.frame);
		}
		else if (!this.lent) {
			this.message = null; // as there would be one for each session
		}
	}

}
