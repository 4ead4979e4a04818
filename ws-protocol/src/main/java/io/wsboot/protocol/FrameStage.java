package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.frame.ClosePayload;
import io.wsboot.frame.Opcode;
import io.wsboot.frame.ProtocolViolation;
import io.wsboot.protocol.ProtocolListener.CloseCause;
import io.wsboot.protocol.outgoing.ControlFrames;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one connection behind its handshake. Messages go from
 * {@link IncomingFrames} straight to the listener; control frames come here. The reader
 * of frames is lent by the {@link Scratch}, and held only while a frame or message has
 * arrived in part.
 */
final class FrameStage implements IncomingFrames.ControlSink {

	private final ServerProtocol protocol;

	private final ProtocolLimits limits;

	private @Nullable IncomingFrames incoming;

	/**
	 * Before the first frame.
	 * @param own a reader of this connection's own, for compressed or streamed messages;
	 * null if the shared reader will do
	 */
	FrameStage(ServerProtocol protocol, ProtocolLimits limits, @Nullable IncomingFrames own) {
		this.protocol = protocol;
		this.limits = limits;
		this.incoming = own;
	}

	/**
	 * Reads frames until all bytes are used or no more frames are wanted.
	 * @return whether there may be something to do even without further bytes
	 */
	boolean receive(ByteBuffer in) {
		IncomingFrames incoming = this.incoming;
		if (incoming == null) {
			incoming = this.protocol.scratch().frames(this.limits);
			this.incoming = incoming; // what is read may free its memory
		}
		boolean more = true;
		try {
			while (more && this.protocol.readsFrames()) {
				more = incoming.read(in, this.protocol.listener(), this);
			}
		}
		catch (ProtocolViolation ex) {
			this.protocol.peerEnds(new Ending(ex.status(), CloseCause.VIOLATION));
		}
		if (this.protocol.answersPings() && incoming.keepWhatIsIncomplete()) {
			this.incoming = null;
			this.protocol.scratch().giveBack(incoming);
		}
		return more;
	}

	/** Payload bytes of the current frame that have not arrived yet, 0 or more. */
	long expected() {
		return (this.incoming == null) ? 0 : this.incoming.expected();
	}

	/** Bytes of memory for what has arrived in part. */
	long held() {
		return (this.incoming == null) ? 0 : this.incoming.held();
	}

	/** Bytes of memory that are kept between messages. */
	int kept() {
		return (this.incoming == null) ? 0 : this.incoming.kept();
	}

	/**
	 * Skips every message that begins from here on, and the rest of a streamed message.
	 */
	void discardMessages() {
		if (this.incoming != null) {
			this.incoming.discardMessages();
		}
	}

	/** Frees all memory: no frame will be read any more. */
	void release() {
		if (this.incoming != null) {
			this.incoming.release();
		}
	}

	@Override
	public void control(Opcode opcode, byte[] payload, int length) {
		switch (opcode) {
			case CLOSE -> this.protocol.peerEnds(new Ending(ClosePayload.parse(payload, length), CloseCause.PEER));
			case PING -> answer(payload, length);
			default -> this.protocol.listener().onPong(view(payload, length));
		}
	}

	/**
	 * Answers a Ping, behind our own Close frame too: only the peer's Close frame ends
	 * the duty to answer (RFC 6455 §5.5.2).
	 */
	private void answer(byte[] payload, int length) {
		this.protocol.listener().onPing(view(payload, length));
		if (this.protocol.answersPings()) {
			this.protocol.listener().writePong(ControlFrames.SERVER.pong(view(payload, length)));
		}
	}

	private ByteBuffer view(byte[] payload, int length) {
		return this.protocol.scratch().memory().view(payload, length);
	}

}
