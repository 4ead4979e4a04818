package io.wsboot.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.Message;
import io.wsboot.protocol.DataFrames;

/**
 * A message as it goes on the wire. Read-only, so that one may go to many peers.
 *
 * @param text whether it is text
 * @param size its payload in bytes
 * @param bytes all its frames, from 0 to the limit
 * @param frameSize size of each frame but the last, with its header
 */
record EncodedMessage(boolean text, int size, ByteBuffer bytes, long frameSize) {

	static EncodedMessage of(DataFrames frames, Message message) {
		if (message instanceof Message.Text text) {
			return of(frames, true, ByteBuffer.wrap(text.text().getBytes(StandardCharsets.UTF_8)));
		}
		return of(frames, false, ((Message.Binary) message).payload());
	}

	/** Takes the payload from position to limit, and moves the position there. */
	static EncodedMessage of(DataFrames frames, boolean text, ByteBuffer payload) {
		int size = payload.remaining();
		ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(frames.size(size)));
		frames.write(bytes, text, payload);
		return new EncodedMessage(text, size, bytes.flip(), frames.frameSize());
	}

}
