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
	 * Sends a part, if there is room, or the end; the position moves only if it has been
	 * taken.
	 */
	SendResult send(ByteBuffer part, boolean last) {
		if (this.finished) {
			throw new IllegalStateException("the message has been finished");
		}
		if (!this.session.isOpen()) {
			this.finished = last;
			return SendResult.CLOSED;
		}
		if (!last && !part.hasRemaining()) {
			return SendResult.QUEUED;
		}
		long size = this.frames.size(part.remaining());
		if (last) {
			this.session.output().outbound().room().take(size); // all that waits, waits
																// for
																// it
			return queue(part, true);
		}
		SendResult refused = this.session.output().reserveWithin(size);
		return (refused != null) ? refused : queue(part, false);
	}

	/** Sends a part when there is room. */
	void sendWaiting(ByteBuffer part, boolean last) throws IOException {
		requireWorker();
		if (!this.session.isOpen() || !this.session.output().awaitRoomWithin(this.frames.size(part.remaining()))) {
			this.finished = true;
			if (Thread.currentThread().isInterrupted()) {
				throw new InterruptedIOException("interrupted while waiting for the peer to take what it was sent");
			}
			throw new IOException("the session is closed");
		}
		queue(part, last);
	}

	static void requireWorker() {
		if (EventLoop.isAnyCurrent()) {
			throw new IllegalStateException(
					"an event loop must not wait for a peer: use streamText or streamBinary, or Execution.WORKER");
		}
	}

	private SendResult queue(ByteBuffer part, boolean last) {
		this.finished = last;
		int size = part.remaining();
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.bytes(Direction.OUT, this.text ? MessageType.TEXT : MessageType.BINARY, part, last);
		}
		Outgoing item = Outgoing.part(this, this.frames.next(part, last), this.frames.frameSize(), last);
		return this.session.output().sendPart(item, this.text, size);
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
