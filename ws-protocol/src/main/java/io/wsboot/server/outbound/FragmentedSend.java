package io.wsboot.server.outbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

import io.wsboot.SendResult;
import io.wsboot.protocol.outgoing.StreamedFrames;
import io.wsboot.server.loop.LoopThread;

/**
 * One message that the application sends part by part. Each part leaves in frames of its
 * own, within the bounds of the overflow policy. The {@link OutboundQueue} lets no other
 * message between them. One thread at a time may use this object.
 */
public final class FragmentedSend {

	private final OutboundSender sender;

	private final OutboundSource source;

	private final StreamedFrames frames;

	private final boolean text;

	private boolean finished;

	/** A message without parts yet, of the session that the sender belongs to. */
	public FragmentedSend(OutboundSender sender, OutboundSource source, StreamedFrames frames, boolean text) {
		this.sender = sender;
		this.source = source;
		this.frames = frames;
		this.text = text;
	}

	/**
	 * Sends a part if there is room for it, or the end of the message in any case.
	 * @param part the payload; its position moves to its limit unless the part is dropped
	 * @param last whether the message ends with the part
	 * @return what has become of the part
	 * @throws IllegalStateException if the message has been finished
	 */
	public SendResult send(ByteBuffer part, boolean last) {
		if (this.finished) {
			throw new IllegalStateException("the message has been finished");
		}
		if (!this.source.isOpen()) {
			this.finished = last;
			part.position(part.limit());
			return SendResult.CLOSED;
		}
		if (!last && !part.hasRemaining()) {
			return SendResult.QUEUED;
		}
		long size = this.frames.size(part.remaining());
		if (last) {
			// other messages wait for the end of this one
			watermarks().add(size);
			return queue(part, size, true);
		}
		SendResult refused = this.sender.reservePart(size);
		if (refused == SendResult.CLOSED) {
			part.position(part.limit());
		}
		return (refused != null) ? refused : queue(part, size, false);
	}

	/**
	 * Sends a part as soon as there is room for it. Blocks.
	 * @param part the payload
	 * @param last whether the message ends with the part
	 * @throws IOException if the session is closed, or the thread interrupted
	 * @throws IllegalStateException on the thread of an event loop
	 */
	public void sendWaiting(ByteBuffer part, boolean last) throws IOException {
		requireWorker();
		long size = this.frames.size(part.remaining());
		if (!this.source.isOpen() || !this.sender.awaitPart(size)) {
			this.finished = true;
			if (Thread.currentThread().isInterrupted()) {
				throw new InterruptedIOException("interrupted while waiting for the peer to take what it was sent");
			}
			throw new IOException("the session is closed");
		}
		queue(part, size, last);
	}

	/** Throws an exception if the calling thread is the thread of an event loop. */
	public static void requireWorker() {
		if (!LoopThread.mayWait()) {
			throw new IllegalStateException(
					"an event loop must not wait for a peer: use streamText or streamBinary, or Execution.WORKER");
		}
	}

	private OutboundWatermarks watermarks() {
		return this.sender.outbound().watermarks();
	}

	private SendResult queue(ByteBuffer part, long reserved, boolean last) {
		int size = part.remaining();
		PendingWrite write = PendingWrite.part(this, encode(part, reserved, last), this.frames.frameSize(), last);
		this.source.sendingPart(this.text, part, size, last);
		this.finished = last;
		return this.sender.sendPart(write, this.text, size);
	}

	/**
	 * Encodes a part. May throw whatever reading the buffer throws: the memory of an
	 * application's buffer may have been freed.
	 */
	private ByteBuffer encode(ByteBuffer part, long reserved, boolean last) {
		boolean encoded = false;
		try {
			ByteBuffer frames = this.frames.next(part, last);
			encoded = true;
			return frames;
		}
		finally {
			if (!encoded) {
				watermarks().add(-reserved);
				abandon(); // nobody knows whether a frame has begun the message
			}
		}
	}

	/** Whether no further part may be sent. */
	public boolean isFinished() {
		return this.finished;
	}

	/**
	 * Sends no further part. Closes the session if the message has begun, as only that
	 * tells the peer that the rest will not come.
	 */
	public void abandon() {
		if (!this.finished && this.frames.isBegun()) {
			this.finished = true;
			this.source.brokenOff();
		}
		this.finished = true;
	}

}
