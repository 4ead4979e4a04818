package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.frame.ClosePayload;
import io.wsboot.frame.Opcode;

/**
 * What complete frames mean, which depends on whether the connection is open still.
 */
final class FrameEvents implements IncomingFrames.Sink {

	private final ServerProtocol protocol;

	private final ProtocolListener listener;

	private final Scratch scratch;

	FrameEvents(ServerProtocol protocol, ProtocolListener listener, Scratch scratch) {
		this.protocol = protocol;
		this.listener = listener;
		this.scratch = scratch;
	}

	@Override
	public void text(String text, int size) {
		if (this.protocol.isOpen()) {
			this.listener.onText(text, size);
		}
	}

	@Override
	public void binary(ByteBuffer payload) {
		if (this.protocol.isOpen()) {
			this.listener.onBinary(payload);
		}
	}

	@Override
	public void textPart(String part, int size, boolean last) {
		if (this.protocol.isOpen()) {
			this.listener.onTextPart(part, size, last);
		}
	}

	@Override
	public void binaryPart(ByteBuffer part, boolean last) {
		if (this.protocol.isOpen()) {
			this.listener.onBinaryPart(part, last);
		}
	}

	@Override
	public void control(Opcode opcode, byte[] payload, int length) {
		if (opcode == Opcode.CLOSE) {
			this.protocol.peerCloses(ClosePayload.parse(payload, length));
		}
		else if (opcode == Opcode.PING) {
			answer(payload, length);
		}
		else if (this.protocol.isOpen()) {
			this.listener.onPong(this.scratch.view(payload, length));
		}
	}

	/**
	 * Behind our own Close frame too: only the peer's ends the duty to answer (RFC 6455
	 * §5.5.2).
	 */
	private void answer(byte[] payload, int length) {
		this.listener.onPing(this.scratch.view(payload, length));
		if (this.protocol.answersPings()) {
			this.listener.writePong(ControlFrames.pong(this.scratch.view(payload, length)));
		}
	}

}
