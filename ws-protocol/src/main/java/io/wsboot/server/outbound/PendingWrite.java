package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import io.wsboot.MessageDroppedException;
import io.wsboot.SessionClosedException;
import org.jspecify.annotations.Nullable;

/**
 * Encoded bytes on their way to one peer. A sender makes the write, and the drainer of
 * the {@link Outbound} alone uses it once it has been queued.
 */
public final class PendingWrite {

	public enum Kind {

		/** The answer to the handshake, or a Ping: neither dropped nor overtaken. */
		FIXED,

		/** The rest of bytes that were partly written; may begin inside a frame. */
		REST,

		/**
		 * A message with all its frames. The overflow policy may drop the message while
		 * nothing of it has been written.
		 */
		MESSAGE,

		/** Frames of a streamed message, of which others follow. */
		PART,

		/** The last frames of a streamed message. */
		LAST_PART,

		/** A Pong: overtakes messages, and gives way to a newer one. */
		PONG,

		/** A Close frame. */
		CLOSE,

		/** A Close frame that the messages which wait are given up for. */
		URGENT_CLOSE

	}

	final Kind kind;

	/** The bytes that are left; the position moves as they are written. */
	ByteBuffer bytes;

	/** The next in an {@link OutboundInbox}. */
	@Nullable PendingWrite link;

	/** Size of each frame but the last; 0 = one frame. */
	private int frameSize;

	/**
	 * How many bytes of the current frame were written before these; the size of a frame
	 * if these begin with a frame that is not the message's first.
	 */
	private final int written;

	private final @Nullable CompletableFuture<Void> completion;

	/** The streamed message that the bytes are part of; null if they are not. */
	final @Nullable Object message;

	/** Null if the message takes the place of no other. */
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

	public static PendingWrite of(Kind kind, ByteBuffer bytes) {
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
	 * The rest of a message that has been written in part.
	 * @param bytes the rest
	 * @param frameSize the size of each frame but the last
	 * @param written how many bytes have been written
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
	 * Part of a streamed message.
	 * @param message tells the parts of one message from those of others
	 * @param bytes all frames of the part, from 0 to the limit
	 * @param frameSize the size of each frame but the last
	 * @param last whether the message ends with the part
	 */
	static PendingWrite part(Object message, ByteBuffer bytes, long frameSize, boolean last) {
		return new PendingWrite(last ? Kind.LAST_PART : Kind.PART, bytes, frameSize(frameSize, bytes), 0, null, message,
				null);
	}

	/**
	 * Gives the place in the queue to a newer message with the same key. A message with a
	 * key has no completion.
	 * @return how many bytes more wait now
	 */
	int giveWayTo(PendingWrite newer) {
		int change = newer.bytes.remaining() - this.bytes.remaining();
		this.bytes = newer.bytes;
		this.frameSize = newer.frameSize;
		return change;
	}

	/** Whether the bytes are a message or part of one. */
	boolean isData() {
		return this.kind == Kind.MESSAGE || this.message != null;
	}

	/** Whether no byte has been written yet. */
	boolean isUntouched() {
		return this.kind != Kind.REST && this.written == 0 && this.bytes.position() == 0;
	}

	/** Whether the message may still be dropped as if it had never been sent. */
	boolean isDroppable() {
		return this.kind == Kind.MESSAGE && isUntouched();
	}

	/** Whether the bytes may go into the buffer of a batch, and be forgotten. */
	boolean isSimple() {
		return isUnattended() && this.message == null;
	}

	/** Whether nobody waits to hear what becomes of the write. */
	boolean isUnattended() {
		return this.completion == null;
	}

	/** Whether this is a Close frame, behind which only a Pong may go out. */
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

	/** Tells whoever waits that all bytes have been written. Calls foreign code. */
	void written() {
		if (this.completion != null) {
			this.completion.complete(null);
		}
	}

	/** Tells whoever waits that the message was dropped. Calls foreign code. */
	void dropped() {
		if (this.completion != null) {
			this.completion.completeExceptionally(new MessageDroppedException());
		}
	}

	/** Tells whoever waits that the session has been closed. Calls foreign code. */
	void closed() {
		if (this.completion != null) {
			this.completion.completeExceptionally(new SessionClosedException());
		}
	}

}
