package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import io.wsboot.MessageDroppedException;
import io.wsboot.SessionClosedException;
import org.jspecify.annotations.Nullable;

/**
 * Encoded bytes on their way to one peer. Belongs to the outbound queue from the moment
 * that it is offered.
 */
final class PendingWrite {

	enum Kind {

		/** The answer to the handshake, or a Ping: neither dropped nor overtaken. */
		FIXED,

		/**
		 * What is left of bytes that were partly written: may begin in the middle of a
		 * frame.
		 */
		REST,

		/**
		 * A message with all its frames; the overflow policy may drop it while it is
		 * untouched.
		 */
		MESSAGE,

		/** Frames of a message that others follow. */
		PART,

		/** The last frames of a message, of which others came before. */
		LAST_PART,

		/** A Pong: overtakes messages, and gives way to a newer one. */
		PONG,

		/** A Close frame. */
		CLOSE,

		/** A Close frame for which the messages that wait are given up. */
		URGENT_CLOSE

	}

	final Kind kind;

	/** What is left to write; its position moves. */
	ByteBuffer bytes;

	/** The next in an {@link OutboundInbox}. */
	@Nullable PendingWrite link;

	/** Size of each frame but the last; 0 = one frame. */
	private int frameSize;

	/**
	 * How far into a frame the bytes begin; a whole frame if they begin with one but are
	 * not the message's first.
	 */
	private final int written;

	private final @Nullable CompletableFuture<Void> completion;

	/** Tells the parts of one message from those of others; null for what is whole. */
	final @Nullable Object message;

	/** Of what it is the newest; null if it takes nobody's place. */
	final @Nullable LatestKey key;

	private PendingWrite(Kind kind, ByteBuffer bytes, int frameSize, int written,
			@Nullable CompletableFuture<Void> completion, @Nullable Object message, @Nullable LatestKey key) {
		this.kind = kind;
		this.bytes = bytes;
		this.frameSize = frameSize;
		this.written = written;
		this.completion = completion;
		this.message = message;
		this.key = key;
	}

	static PendingWrite of(Kind kind, ByteBuffer bytes) {
		return new PendingWrite(kind, bytes, 0, 0, null, null, null);
	}

	/**
	 * A whole message.
	 * @param bytes all frames, from 0 to the limit
	 * @param frameSize size of each frame but the last
	 * @param completion told what becomes of the message
	 * @param key what the message is the newest of; null if it takes nobody's place
	 */
	static PendingWrite message(ByteBuffer bytes, long frameSize, @Nullable CompletableFuture<Void> completion,
			@Nullable LatestKey key) {
		return new PendingWrite(Kind.MESSAGE, bytes, frameSize(frameSize, bytes), 0, completion, null, key);
	}

	private static int frameSize(long frameSize, ByteBuffer bytes) {
		return (frameSize < bytes.limit()) ? (int) frameSize : 0;
	}

	/**
	 * What is left of a message.
	 * @param frameSize of each frame but the last
	 * @param written how many bytes of it have been written
	 */
	static PendingWrite restOf(ByteBuffer bytes, long frameSize, long written) {
		if (written + bytes.remaining() <= frameSize) {
			return new PendingWrite(Kind.MESSAGE, bytes, 0, (int) written, null, null, null);
		}
		int ofFrame = (int) (written % frameSize);
		boolean atBoundary = ofFrame == 0 && written > 0;
		return new PendingWrite(Kind.MESSAGE, bytes, (int) frameSize, atBoundary ? (int) frameSize : ofFrame, null,
				null, null);
	}

	/**
	 * Frames of a message that is sent piecewise, of which something came before or
	 * follows.
	 */
	static PendingWrite part(Object message, ByteBuffer bytes, long frameSize, boolean last) {
		return new PendingWrite(last ? Kind.LAST_PART : Kind.PART, bytes, frameSize(frameSize, bytes), 0, null, message,
				null);
	}

	/**
	 * Gives its place in the queue to a newer message with the same key. Nobody waits to
	 * hear of messages with a key.
	 * @return how many bytes more wait for that
	 */
	int giveWayTo(PendingWrite newer) {
		int change = newer.bytes.remaining() - this.bytes.remaining();
		this.bytes = newer.bytes;
		this.frameSize = newer.frameSize;
		return change;
	}

	/** Whether it is part of a message, or a whole one. */
	boolean isData() {
		return this.kind == Kind.MESSAGE || this.message != null;
	}

	/** Whether nothing of it has been written yet. */
	boolean isUntouched() {
		return this.kind != Kind.REST && this.written == 0 && this.bytes.position() == 0;
	}

	/** Whether it may still be dropped as if it had never been sent. */
	boolean isDroppable() {
		return this.kind == Kind.MESSAGE && isUntouched();
	}

	/**
	 * Whether it may be written into a loop's buffer at once, as nobody waits to hear of
	 * it, and nothing has to wait for it.
	 */
	boolean isSimple() {
		return isUnattended() && this.message == null;
	}

	/** Whether nobody waits to hear of it. */
	boolean isUnattended() {
		return this.completion == null;
	}

	/** Whether nothing but a Pong may go out behind it. */
	boolean isClose() {
		return this.kind == Kind.CLOSE || this.kind == Kind.URGENT_CLOSE;
	}

	/** The frame that is being written, without the ones behind it. */
	PendingWrite currentFrame() {
		return new PendingWrite(Kind.REST, this.bytes.duplicate().limit(this.bytes.position() + leftOfFrame()), 0, 0,
				null, null, null);
	}

	/** The frames behind the one that is being written; null if there are none. */
	@Nullable PendingWrite laterFrames() {
		int left = leftOfFrame();
		if (left == this.bytes.remaining()) {
			return null;
		}
		ByteBuffer later = this.bytes.duplicate().position(this.bytes.position() + left);
		return new PendingWrite(this.kind, later, this.frameSize, this.written, this.completion, this.message, null);
	}

	private int leftOfFrame() {
		if (this.frameSize == 0) {
			return this.bytes.remaining();
		}
		return Math.min(this.bytes.remaining(),
				this.frameSize - (this.bytes.position() + this.written) % this.frameSize);
	}

	void written() {
		if (this.completion != null) {
			this.completion.complete(null);
		}
	}

	void dropped() {
		if (this.completion != null) {
			this.completion.completeExceptionally(new MessageDroppedException());
		}
	}

	void closed() {
		if (this.completion != null) {
			this.completion.completeExceptionally(new SessionClosedException());
		}
	}

}
