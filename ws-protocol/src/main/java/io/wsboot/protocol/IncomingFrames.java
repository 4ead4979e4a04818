package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.EndpointOptions;
import io.wsboot.deflate.MessageInflater;
import io.wsboot.frame.FrameReader;
import io.wsboot.frame.FrameRules;
import io.wsboot.frame.Opcode;
import io.wsboot.frame.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one peer (RFC 6455 §5) and hands on messages and control frames.
 * Knows neither whether the connection is closing nor what a control frame asks for.
 */
final class IncomingFrames {

	/** Takes complete control frames. */
	interface ControlSink {

		/** A control frame; the payload is lent until the method returns. */
		void control(Opcode opcode, byte[] payload, int length);

	}

	/**
	 * About the memory for reading frames and gathering a message, without the payload.
	 */
	private static final int OWN_MEMORY = 256;

	private ProtocolLimits limits;

	private final PayloadMemory memory;

	/** The most payload bytes of a message that is read in one go; may be -1. */
	private int mostOfShort;

	private final FrameReader frame;

	/** Made for the first message that is not streamed. */
	private @Nullable MessageAssembler message;

	/** Null if the endpoint takes all messages whole. */
	private final @Nullable StreamedMessages streamed;

	/** Whether this reader is lent to one connection after the other. */
	private final boolean lent;

	/** Whether the current frame belongs to a streamed message. */
	private boolean streaming;

	/** Null unless a control frame has arrived in part. */
	private @Nullable PayloadBuffer control;

	/**
	 * Whether the header of the current frame has been read, but not its whole payload.
	 */
	private boolean inFrame;

	private IncomingFrames(FrameRules rules, ProtocolLimits limits, PayloadMemory memory,
			@Nullable MessageInflater inflater, @Nullable StreamedMessages streamed) {
		this.limits = limits;
		this.memory = memory;
		this.lent = inflater == null && streamed == null;
		this.frame = new FrameReader(rules, inflater != null);
		this.mostOfShort = mostOfShort(limits, memory, this.frame);
		this.message = (inflater == null) ? null : new MessageAssembler(limits, memory, inflater);
		this.streamed = streamed;
	}

	/** A reader for one connection after the other. */
	static IncomingFrames lent(FrameRules rules, ProtocolLimits limits, PayloadMemory memory) {
		return new IncomingFrames(rules, limits, memory, null, null);
	}

	/**
	 * A reader of a connection's own, if the connection has compressed or streamed
	 * messages; null if a lent reader will do.
	 */
	static @Nullable IncomingFrames ownOf(FrameRules rules, EndpointOptions options, ProtocolLimits limits,
			PayloadMemory memory, @Nullable MessageInflater inflater) {
		StreamedMessages streamed = StreamedMessages.of(options, limits, memory, inflater);
		return (inflater == null && streamed == null) ? null
				: new IncomingFrames(rules, limits, memory, inflater, streamed);
	}

	private static int mostOfShort(ProtocolLimits limits, PayloadMemory memory, FrameReader frame) {
		return Math.min(Math.min(frame.mostOfShort(), memory.message.length),
				Math.min(limits.maxFrameSize(), limits.maxMessageSize()));
	}

	/** Applies the limits of the next connection. Only between two messages. */
	void useLimits(ProtocolLimits limits) {
		if (this.limits != limits) {
			this.limits = limits;
			this.mostOfShort = mostOfShort(limits, this.memory, this.frame);
			if (this.message != null) {
				this.message.useLimits(limits);
			}
		}
	}

	/** Whether no frame or message has arrived in part. */
	boolean areBetweenMessages() {
		return !this.inFrame && !this.frame.isCut() && !isInMessage();
	}

	/**
	 * Reads the next frame, or the next part of it. Without new bytes too there may be a
	 * next part, inflated from bytes that have been read before.
	 * <p>
	 * This method is long so that HotSpot compiles it by itself, with all that it calls.
	 * HotSpot inlines no method above 325 bytes of bytecode; as a part of its callers,
	 * this method would be cut wherever their limits of depth and size are reached.
	 * @return false when all bytes are used and more are needed
	 * @throws ProtocolViolation if the peer breaks a rule or a limit
	 */
	boolean read(ByteBuffer in, MessageListener messages, ControlSink controls) {
		if (this.streamed == null && areBetweenMessages()) {
			byte[] payload = this.memory.message;
			int start = in.position();
			int size = this.frame.readShortMessage(in, payload, this.mostOfShort);
			if (size >= 0 && this.frame.opcode() == Opcode.BINARY) {
				messages.onBinary(this.memory.view(payload, size));
				return true;
			}
			if (size >= 0 && this.frame.ascii()) {
				messages.onText(new String(payload, 0, size, StandardCharsets.ISO_8859_1), size);
				return true;
			}
			in.position(start); // text that needs a check is read like any other
		}
		if (!this.inFrame) {
			if (!this.frame.readHeader(in)) {
				return false;
			}
			this.inFrame = true;
			if (this.frame.opcode().isControl()) {
				this.streaming = false;
				this.control = new PayloadBuffer(this.memory.control, this.memory);
			}
			else {
				beginData();
			}
		}
		if (this.streaming && this.streamed != null) {
			return readPart(this.streamed, in, messages);
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
			controls.control(this.frame.opcode(), control.bytes(), control.length());
		}
		else if (this.frame.fin()) {
			MessageAssembler message = message();
			message.complete();
			if (message.isText()) {
				int size = message.size();
				String text = message.text();
				message.end();
				messages.onText(text, size);
			}
			else {
				messages.onBinary(message.bytes(this.memory));
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
			message = new MessageAssembler(this.limits, this.memory, null);
			this.message = message;
		}
		return message;
	}

	private boolean isInMessage() {
		return this.message != null && this.message.isInMessage();
	}

	private boolean readPart(StreamedMessages streamed, ByteBuffer in, MessageListener messages) {
		boolean more = streamed.read(this.frame, in, messages);
		this.inFrame = !streamed.isFrameDone();
		return more;
	}

	/** Payload bytes of the current frame that have not arrived yet, 0 or more. */
	long expected() {
		return this.inFrame ? this.frame.remaining() : 0;
	}

	/** Bytes of memory for what has arrived in part. */
	long held() {
		return (areBetweenMessages() ? 0 : OWN_MEMORY) + ((this.message != null) ? this.message.held() : 0);
	}

	/** Bytes of memory that are kept between messages. */
	int kept() {
		return (this.message != null) ? this.message.kept() : 0;
	}

	/** Frees all memory: no frame will be read any more. */
	void release() {
		if (this.message != null) {
			this.message.release();
		}
	}

	/**
	 * Skips every message that begins from here on, and the rest of a streamed message.
	 */
	void discardMessages() {
		if (this.streamed != null) {
			this.streamed.discard();
		}
	}

	/**
	 * Moves what is incomplete out of the memory that is shared with other connections.
	 * @return whether nothing is incomplete, and this reader can be lent to the next
	 * connection
	 */
	boolean keepWhatIsIncomplete() {
		if (this.streamed != null) {
			this.streamed.keep();
		}
		keepMessage(this.message);
		if (this.control != null) {
			this.control.keep(this.frame.remaining());
		}
		return this.lent && areBetweenMessages();
	}

	private void keepMessage(@Nullable MessageAssembler message) {
		if (message == null) {
			return;
		}
		if (message.isInMessage() || message.inflates()) {
			message.keep(this.frame);
		}
		else if (!this.lent) {
			this.message = null; // else every session would keep one
		}
	}

}
