package io.wsboot.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.SendResult;
import io.wsboot.protocol.StreamedFrames;
import io.wsboot.server.WsServerStats.Direction;
import io.wsboot.server.WsServerStats.MessageType;

/**
 * One message of a session that is sent piecewise: in frames, and within the bounds of
 * the overflow policy. That no other message comes between them is up to the
 * {@link OutboundQueue}. For one thread at a time.
 */
final class MessageParts {

	private final Session session;

	private final boolean text;

	private final StreamedFrames frames;

	private boolean finished;

	MessageParts(Session session, boolean text) {
		this.session = session;
		this.text = text;
		this.frames = session.server().frames().begin(text);
	}

	/**
	 * Sends a part, if there is room, or the end; the position moves to the limit unless
	 * the part is dropped.
	 */
	SendResult send(ByteBuffer part, boolean last) {
		if (this.finished) {
			throw new IllegalStateException("the message has been finished");
		}
		if (!this.session.isOpen()) {
			this.finished = last;
			part.position(part.limit());
			return SendResult.CLOSED;
		}
		if (!last && !part.hasRemaining()) {
			return SendResult.QUEUED;
		}
		long size = this.frames.size(part.remaining());
		if (last) {
			// all that waits, waits for it
			sender().outbound().room().take(size);
			return queue(part, size, true);
		}
		SendResult refused = sender().reservePart(size);
		if (refused == SendResult.CLOSED) {
			part.position(part.limit());
		}
		return (refused != null) ? refused : queue(part, size, false);
	}

	/** Sends a part when there is room. */
	void sendWaiting(ByteBuffer part, boolean last) throws IOException {
		requireWorker();
		long size = this.frames.size(part.remaining());
		if (!this.session.isOpen() || !sender().awaitPart(size)) {
			this.finished = true;
			if (Thread.currentThread().isInterrupted()) {
				throw new InterruptedIOException("interrupted while waiting for the peer to take what it was sent");
			}
			throw new IOException("the session is closed");
		}
		queue(part, size, last);
	}

	static void requireWorker() {
		if (!LoopThread.mayWait()) {
			throw new IllegalStateException(
					"an event loop must not wait for a peer: use streamText or streamBinary, or Execution.WORKER");
		}
	}

	private OutboundSender sender() {
		return this.session.output().sender();
	}

	/** Sends what room has been taken for. */
	private SendResult queue(ByteBuffer part, long reserved, boolean last) {
		int size = part.remaining();
		Outgoing item = Outgoing.part(this, encode(part, reserved, last), this.frames.frameSize(), last);
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.bytes(Direction.OUT, this.text ? MessageType.TEXT : MessageType.BINARY,
					part.duplicate().position(part.limit() - size), last);
		}
		this.finished = last;
		return sender().sendPart(item, this.text, size);
	}

	/** The memory of a buffer of the application's may be gone. */
	private ByteBuffer encode(ByteBuffer part, long reserved, boolean last) {
		boolean encoded = false;
		try {
			ByteBuffer frames = this.frames.next(part, last);
			encoded = true;
			return frames;
		}
		finally {
			if (!encoded) {
				sender().outbound().room().take(-reserved);
				abandon(); // nobody knows whether a frame has begun it
			}
		}
	}

	boolean isFinished() {
		return this.finished;
	}

	/** The rest will not come, which only the end of the session can tell. */
	void abandon() {
		if (!this.finished && this.frames.isBegun()) {
			this.finished = true;
			this.session.close(CloseStatus.INTERNAL_ERROR.withReason("message broken off"));
		}
		this.finished = true;
	}

}
