package io.wsboot.server.session;

import java.nio.ByteBuffer;

import io.wsboot.SendResult;
import io.wsboot.StreamedMessage;
import io.wsboot.server.outbound.FragmentedSend;

/**
 * A binary message that the application sends part by part.
 */
final class StreamedBinary implements StreamedMessage<ByteBuffer> {

	private final FragmentedSend parts;

	StreamedBinary(FragmentedSend parts) {
		this.parts = parts;
	}

	@Override
	public SendResult send(ByteBuffer part) {
		return this.parts.send(part, false);
	}

	@Override
	public SendResult finish() {
		return this.parts.send(ByteBuffer.allocate(0), true);
	}

	@Override
	public void close() {
		this.parts.abandon();
	}

}
