package io.wsboot.spring.websocket;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

import io.wsboot.SendResult;
import io.wsboot.StreamedMessage;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one session, whole or in parts, and waits for room before. One
 * thread at a time.
 */
final class SessionSender {

	/** The most bytes of UTF-8 for one {@code char}. */
	private static final long BYTES_PER_CHAR = 3;

	/** The text message of which a part has been sent and the last has not; or null. */
	private @Nullable StreamedMessage<CharSequence> text;

	/** The binary message of which a part has been sent and the last has not; or null. */
	private @Nullable StreamedMessage<ByteBuffer> binary;

	void text(WsSession session, String payload, boolean last) throws IOException {
		if (this.binary != null) {
			throw new IllegalStateException("a binary message has been begun and not ended");
		}
		awaitRoom(session, BYTES_PER_CHAR * payload.length());
		if (this.text == null) {
			if (last) {
				requireSent(session.send(payload));
				return;
			}
			this.text = session.streamText();
		}
		StreamedMessage<CharSequence> begun = this.text;
		this.text = last ? null : begun;
		part(begun, payload, last);
	}

	void binary(WsSession session, ByteBuffer payload, boolean last) throws IOException {
		if (this.text != null) {
			throw new IllegalStateException("a text message has been begun and not ended");
		}
		awaitRoom(session, payload.remaining());
		if (this.binary == null) {
			if (last) {
				requireSent(session.send(payload));
				return;
			}
			this.binary = session.streamBinary();
		}
		StreamedMessage<ByteBuffer> begun = this.binary;
		this.binary = last ? null : begun;
		part(begun, payload, last);
	}

	private static <P> void part(StreamedMessage<P> message, P part, boolean last) throws IOException {
		SendResult result = message.send(part);
		if (result == SendResult.DROPPED) { // on an event loop, which cannot wait
			message.close();
			throw new IOException("the client reads too slowly for a message in parts");
		}
		requireSent(result);
		if (last) {
			requireSent(message.finish());
		}
	}

	private static void awaitRoom(WsSession session, long bytes) throws IOException {
		if (!session.awaitRoom((int) Math.min(bytes, Integer.MAX_VALUE)) && Thread.currentThread().isInterrupted()) {
			throw new InterruptedIOException("interrupted while waiting for the client to read");
		}
	}

	/** Throws an exception if the session is over. */
	static void requireSent(SendResult result) throws IOException {
		if (result == SendResult.CLOSED) {
			throw new IOException("the session is closed");
		}
	}

}
