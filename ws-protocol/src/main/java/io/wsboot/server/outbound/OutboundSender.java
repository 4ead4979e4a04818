package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.wsboot.MessageDroppedException;
import io.wsboot.SendResult;
import io.wsboot.SessionClosedException;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.outbound.PendingWrite.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one session by way of its {@link Outbound}: compresses them if
 * that was agreed on, and applies the overflow policy. Any thread.
 */
public final class OutboundSender {

	private enum Queued {

		/** Another thread is the drainer. */
		DONE,

		/** The caller is the drainer, and must write. */
		TO_WRITE,

		/** The message does not fit, and is not queued. */
		NO_ROOM,

		/** The session is closed, and the message not queued. */
		CLOSED

	}

	private final Outbound outbound;

	private final OutboundSource source;

	/** Null if nothing is compressed. Written before the session is published. */
	private @Nullable SessionCompression compression;

	public OutboundSender(Outbound outbound, OutboundSource source) {
		this.outbound = outbound;
		this.source = source;
	}

	/** Sets how messages are compressed. Call before the session is published. */
	public void compress(@Nullable SessionCompression compression) {
		this.compression = compression;
	}

	@Nullable public SessionCompression compression() {
		return this.compression;
	}

	/** Nothing will be sent any more. */
	public void end() {
		if (this.compression != null) {
			this.compression.end();
		}
	}

	public Outbound outbound() {
		return this.outbound;
	}

	/** Whether a message of a size in bytes is compressed. */
	public boolean isCompressed(int size) {
		return this.compression != null && this.compression.appliesTo(size);
	}

	/**
	 * Sends a message.
	 * @param message what to send
	 * @param completion told what becomes of the message; null if nobody waits for that
	 * @param broadcast the broadcast that the message is part of; null if there is none
	 */
	public SendResult send(MessageEncoder message, @Nullable CompletableFuture<Void> completion,
			@Nullable Broadcast broadcast) {
		SessionCompression compression = this.compression;
		if (compression == null || !compression.appliesTo(message.size())) {
			return send(message, message.plain(), completion, broadcast);
		}
		if (!compression.keepsWindow()) {
			return send(message, compression.alone(message), completion, broadcast);
		}
		return sendNext(compression, message, completion, broadcast);
	}

	/**
	 * Compresses and queues under the lock of the compression, as the message may refer
	 * to those before.
	 */
	private SendResult sendNext(SessionCompression compression, MessageEncoder message,
			@Nullable CompletableFuture<Void> completion, @Nullable Broadcast broadcast) {
		Queued[] queued = { Queued.CLOSED };
		boolean wait = broadcast == null && this.outbound.loop().mayWait();
		if (!compression.next(message, wait, (encoded) -> {
			queued[0] = queue(message, encoded, completion);
			return queued[0] == Queued.DONE || queued[0] == Queued.TO_WRITE;
		})) {
			return send(message, message.plain(), completion, broadcast);
		}
		return conclude(queued[0], completion, broadcast);
	}

	private SendResult send(MessageEncoder message, ByteBuffer encoded, @Nullable CompletableFuture<Void> completion,
			@Nullable Broadcast broadcast) {
		Queued queued = queue(message, encoded, completion);
		if (queued != Queued.NO_ROOM) {
			return conclude(queued, completion, broadcast);
		}
		int size = encoded.limit();
		switch (this.outbound.watermarks().overflowPolicy()) {
			case DROP_OLDEST -> {
				this.outbound.watermarks().add(size); // the drainer drops what is too
														// much
				conclude(queueReserved(message, encoded, completion), completion, broadcast);
				return SendResult.DROPPED;
			}
			case DROP_NEWEST -> {
				if (completion != null) {
					completion.completeExceptionally(new MessageDroppedException());
				}
				Broadcast.afterwards(broadcast, this.source::droppedNewest);
				return this.source.isOpen() ? SendResult.DROPPED : SendResult.CLOSED;
			}
			case BLOCK -> {
				if (mayWait()) {
					if (this.outbound.watermarks().await(size, this::isOver)) {
						return conclude(queueReserved(message, encoded, completion), completion, broadcast);
					}
					if (isOver()) {
						return conclude(Queued.CLOSED, completion, broadcast);
					}
				}
			}
			case CONFLATE -> {
				if (leaveToDrainer(size)) {
					return conclude(queueReserved(message, encoded, completion), completion, broadcast);
				}
			}
			case CLOSE -> {
				// see below
			}
		}
		return conclude(Queued.NO_ROOM, completion, broadcast);
	}

	/** Queues a message if it fits. Calls no foreign code. */
	private Queued queue(MessageEncoder message, ByteBuffer encoded, @Nullable CompletableFuture<Void> completion) {
		if (!this.source.isOpen()) {
			return Queued.CLOSED;
		}
		if (!reserve(encoded.limit())) {
			return Queued.NO_ROOM;
		}
		return queueReserved(message, encoded, completion);
	}

	private Queued queueReserved(MessageEncoder message, ByteBuffer encoded,
			@Nullable CompletableFuture<Void> completion) {
		// first, so that a peer that has got the message finds it counted
		this.source.count(message.isText(), 1, message.size());
		return this.outbound.queue(message.queued(encoded, completion)) ? Queued.TO_WRITE : Queued.DONE;
	}

	/** Writes and calls foreign code, which must not happen under a lock. */
	private SendResult conclude(Queued queued, @Nullable CompletableFuture<Void> completion,
			@Nullable Broadcast broadcast) {
		switch (queued) {
			case TO_WRITE -> write(broadcast);
			case NO_ROOM, CLOSED -> {
				if (queued == Queued.NO_ROOM) {
					tooSlow(broadcast);
				}
				if (completion != null) { // which nobody has seen yet
					completion.completeExceptionally(new SessionClosedException());
				}
				return SendResult.CLOSED;
			}
			case DONE -> {
				// the drainer writes
			}
		}
		return this.outbound.watermarks().result();
	}

	private void write(@Nullable Broadcast broadcast) {
		// a thread that may wait for room elsewhere must be no drainer meanwhile
		if (broadcast == null || this.outbound.loop().isCurrent()
				|| this.outbound.watermarks().overflowPolicy() == OverflowPolicy.BLOCK) {
			this.outbound.write(this.source.hasMore());
		}
		else {
			broadcast.write(this.outbound);
		}
	}

	private SendResult tooSlow(@Nullable Broadcast broadcast) {
		this.source.close();
		Broadcast.afterwards(broadcast, this.source::closedAsTooSlow);
		return SendResult.CLOSED;
	}

	private boolean mayWait() {
		return this.outbound.loop().mayWait() && !this.outbound.watermarks().isStreaming();
	}

	private boolean isOver() {
		return this.outbound.isGone() || !this.source.isOpen();
	}

	private boolean reserve(int size) {
		if (this.outbound.watermarks().tryReserve(size)) {
			return true;
		}
		if (this.outbound.loop().isCurrent()) {
			this.outbound.flushNow();
			return this.outbound.watermarks().tryReserve(size);
		}
		return false;
	}

	/**
	 * Adds bytes whether they fit or not, as only the drainer knows which message takes
	 * the place of which. The drainer closes the session if too much waits even so.
	 * @return false if the drainer has done that
	 */
	private boolean leaveToDrainer(long size) {
		OutboundWatermarks watermarks = this.outbound.watermarks();
		if (watermarks.hasOverflowed()) {
			return false;
		}
		watermarks.add(size);
		return true;
	}

	/**
	 * Reserves bytes for part of a streamed message, which may have begun.
	 * @return null if the bytes are reserved; else what to tell the application
	 */
	@Nullable SendResult reservePart(long size) {
		OutboundWatermarks watermarks = this.outbound.watermarks();
		if (watermarks.tryReservePart(size)) {
			return null;
		}
		if (this.outbound.loop().isCurrent()) {
			this.outbound.flushNow();
			if (watermarks.tryReservePart(size)) {
				return null;
			}
		}
		return switch (watermarks.overflowPolicy()) {
			case DROP_OLDEST, DROP_NEWEST -> {
				watermarks.result(); // so that the sender hears when there is room
				yield SendResult.DROPPED;
			}
			case BLOCK -> (this.outbound.loop().mayWait() && awaitPart(size)) ? null
					: isOver() ? SendResult.CLOSED : tooSlow(null);
			case CONFLATE -> leaveToDrainer(size) ? null : tooSlow(null);
			case CLOSE -> tooSlow(null);
		};
	}

	/**
	 * Waits until a message has room, and reserves nothing.
	 * @param size the bytes of the message's frames
	 * @return whether there is room; false if the session is over, the thread is
	 * interrupted, or there is no room and the thread is a loop's
	 */
	public boolean awaitRoom(long size) {
		OutboundWatermarks watermarks = this.outbound.watermarks();
		if (isOver() || watermarks.hasRoom(size)) {
			return !isOver();
		}
		return this.outbound.loop().mayWait() && watermarks.awaitRoom(size, this::isOver);
	}

	/** Waits until the bytes are reserved; false if the session is over. */
	boolean awaitPart(long size) {
		return this.outbound.watermarks().awaitPart(size, this::isOver);
	}

	/** Sends part of a streamed message whose bytes have been reserved. */
	SendResult sendPart(PendingWrite part, boolean text, int size) {
		boolean last = part.kind == Kind.LAST_PART;
		this.outbound.watermarks().streams(Objects.requireNonNull(part.message), last);
		this.source.count(text, last ? 1 : 0, size);
		if (this.outbound.queue(part)) {
			this.outbound.write(this.source.hasMore());
		}
		return this.outbound.watermarks().result();
	}

}
