package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.frame.ClosePayload;
import io.wsboot.frame.Opcode;
import io.wsboot.frame.ProtocolViolation;
import io.wsboot.protocol.ProtocolListener.CloseCause;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one conversation, from the answer to the request on: what complete ones
 * mean, which depends on whether the connection is open still. What reads them is lent by
 * the {@link Scratch}, and held only while a frame or message has arrived in part.
 */
final class FrameStage implements IncomingFrames.Sink {

	private final ServerProtocol protocol;

	private final ProtocolLimits limits;

	private @Nullable IncomingFrames incoming;

	/**
	 * Before the first frame.
	 * @param own reads the frames, if what all others share cannot
	 */
	FrameStage(ServerProtocol protocol, ProtocolLimits limits, @Nullable IncomingFrames own) {
		this.protocol = protocol;
		this.limits = limits;
		this.incoming = own;
	}

	/**
	 * Reads frames until all bytes are used or no more are wanted.
	 * @return whether there may be something to do even without bytes
	 */
	boolean receive(ByteBuffer in) {
		boolean more = true;
		try {
			while (more && this.protocol.readsFrames()) {
				more = read(in);
			}
		}
		catch (ProtocolViolation ex) {
			this.protocol.peerEnds(new Ending(ex.status(), CloseCause.VIOLATION));
		}
		if (this.protocol.answersPings()) {
			keepWhatIsIncomplete();
		}
		return more;
	}

	/** Reads the next frame, or the next part of it; false when more bytes are needed. */
	private boolean read(ByteBuffer in) {
		IncomingFrames incoming = this.incoming;
		if (incoming == null) {
			incoming = this.protocol.scratch().frames(this.limits);
			this.incoming = incoming;
		}
		return incoming.read(in, this);
	}

	/** Payload bytes of the current frame that have not come yet. */
	long expected() {
		return (this.incoming == null) ? 0 : this.incoming.expected();
	}

	/** Memory for what has come in part. */
	long held() {
		return (this.incoming == null) ? 0 : this.incoming.held();
	}

	/** Memory that is kept between messages. */
	int kept() {
		return (this.incoming == null) ? 0 : this.incoming.kept();
	}

	/** No message that begins from here on is wanted, nor the rest of a streamed one. */
	void discardMessages() {
		if (this.incoming != null) {
			this.incoming.discardMessages();
		}
	}

	/** Lets go of what is shared with other conversations. */
	private void keepWhatIsIncomplete() {
		IncomingFrames incoming = this.incoming;
		if (incoming != null) {
			incoming.keepWhatIsIncomplete();
			if (incoming.areLent() && incoming.areBetweenMessages()) {
				this.incoming = null;
				this.protocol.scratch().giveBack(incoming);
			}
		}
	}

	/** Nothing more will be read. */
	void release() {
		if (this.incoming != null) {
			this.incoming.release();
		}
	}

	@Override
	public void text(String text, int size) {
		if (this.protocol.isOpen()) {
			this.protocol.listener().onText(text, size);
		}
	}

	@Override
	public void binary(ByteBuffer payload) {
		if (this.protocol.isOpen()) {
			this.protocol.listener().onBinary(payload);
		}
	}

	@Override
	public void textPart(String part, int size, boolean last) {
		if (this.protocol.isOpen()) {
			this.protocol.listener().onTextPart(part, size, last);
		}
	}

	@Override
	public void binaryPart(ByteBuffer part, boolean last) {
		if (this.protocol.isOpen()) {
			this.protocol.listener().onBinaryPart(part, last);
		}
	}

	@Override
	public void control(Opcode opcode, byte[] payload, int length) {
		if (opcode == Opcode.CLOSE) {
			this.protocol.peerEnds(new Ending(ClosePayload.parse(payload, length), CloseCause.PEER));
		}
		else if (opcode == Opcode.PING) {
			answer(payload, length);
		}
		else if (this.protocol.isOpen()) {
			this.protocol.listener().onPong(this.protocol.scratch().view(payload, length));
		}
	}

	/**
	 * Behind our own Close frame too: only the peer's ends the duty to answer (RFC 6455
	 * §5.5.2).
	 */
	private void answer(byte[] payload, int length) {
		this.protocol.listener().onPing(this.protocol.scratch().view(payload, length));
		if (this.protocol.answersPings()) {
			this.protocol.listener().writePong(ControlFrames.pong(this.protocol.scratch().view(payload, length)));
		}
	}

}
