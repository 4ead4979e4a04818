package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;

/**
 * Stands before the listener of a connection once our Close frame has been sent: messages
 * and Pongs are dropped, Pings are still answered, and the end is told.
 */
record ClosingListener(ProtocolListener listener) implements ProtocolListener {

	@Override
	public void onPing(ByteBuffer payload) {
		this.listener.onPing(payload);
	}

	@Override
	public void onClosed(CloseStatus status, CloseCause cause) {
		this.listener.onClosed(status, cause);
	}

	@Override
	public void writePong(ByteBuffer frame) {
		this.listener.writePong(frame);
	}

	@Override
	public void writeClose(ByteBuffer frame, boolean urgent) {
		throw new IllegalStateException("our Close frame has been sent (RFC 6455 §5.5.1)");
	}

}
