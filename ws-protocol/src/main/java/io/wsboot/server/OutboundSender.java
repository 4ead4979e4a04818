package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.wsboot.MessageDroppedException;
import io.wsboot.SendResult;
import io.wsboot.SessionClosedException;
import io.wsboot.server.PendingWrite.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of one session into its {@link Outbound}: compressed if that was
 * agreed on, and within the bounds of the overflow policy. Any thread.
 */
final class OutboundSender {

	/** What a sender asks its session, and tells it. */
	interface Source {

		/** Whether messages may still be sent. */
		boolean isOpen();

		/** Whether more is likely to be sent at once. */
		boolean hasMore();

		/**
		 * Part of a message is about to be counted and queued. Calls foreign code.
		 * @param text whether the message is text
		 * @param sent ends with the payload of the part, its position being its limit
		 * @param size the size of the payload
		 * @param last whether the message ends with the part
		 */
		void sendingPart(boolean text, ByteBuffer sent, int size, boolean last);

		/** Messages are about to be queued, or with 0 part of one; with their payload. */
		void count(boolean text, int messages, int size);

		/** A message has found no room. Calls foreign code. */
		void droppedNewest();

		/** Closes the session, whose peer is too slow. Calls no foreign code. */
		void close();

		/** A streamed message will not be finished, so the session has to close. */
		void brokenOff();

		/** It has been closed for that. Calls foreign code. */
		void closedAsTooSlow();

	}

	private enum Queued {

		/** Somebody else writes it. */
		DONE,

		/** The caller is to write it. */
		OWNED,

		NO_ROOM,

		CLOSED

	}

	private final Outbound outbound;

	private final Source source;

	private @Nullable SessionCompression compression;

	OutboundSender(Outbound outbound, Source source) {
		this.outbound = outbound;
		this.source = source;
	}

	void compress(@Nullable SessionCompression compression) {
		this.compression = compression;
	}

	@Nullable SessionCompression compression() {
		return this.compression;
	}

	/** Nothing will be sent any more. */
	void end() {
		if (this.compression != null) {
			this.compression.end();
		}
	}

	Outbound outbound() {
		return this.outbound;
	}

	boolean isCompressed(int size) {
		return this.compression != null && this.compression.appliesTo(size);
	}

	/**
	 * Sends a message.
	 * @param completion told what becomes of it
	 * @param broadcast if others get it too
	 */
	SendResult send(MessageEncoder message, @Nullable CompletableFuture<Void> completion,
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

	/** What refers to messages before is queued in the order of compression. */
	private SendResult sendNext(SessionCompression compression, MessageEncoder message,
			@Nullable CompletableFuture<Void> completion, @Nullable Broadcast broadcast) {
		Queued[] queued = { Queued.CLOSED };
		boolean wait = broadcast == null && this.outbound.loop().mayWait();
		if (!compression.next(message, wait, (encoded) -> {
			queued[0] = queue(message, encoded, completion);
			return queued[0] == Queued.DONE || queued[0] == Queued.OWNED;
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
				this.outbound.watermarks().add(size); // the owner drops what is too much
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
				if (takeForOwner(size)) {
					return conclude(queueReserved(message, encoded, completion), completion, broadcast);
				}
			}
			case CLOSE -> {
				// see below
			}
		}
		return conclude(Queued.NO_ROOM, completion, broadcast);
	}

	/** Queues a message, if there is room. Calls no foreign code. */
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
		// first, so that nobody who has got it finds it uncounted
		this.source.count(message.isText(), 1, message.size());
		return this.outbound.queue(message.queued(encoded, completion)) ? Queued.OWNED : Queued.DONE;
	}

	/** Does what must not be done while a lock is held. */
	private SendResult conclude(Queued queued, @Nullable CompletableFuture<Void> completion,
			@Nullable Broadcast broadcast) {
		switch (queued) {
			case OWNED -> write(broadcast);
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
				// by somebody else
			}
		}
		return this.outbound.watermarks().result();
	}

	private void write(@Nullable Broadcast broadcast) {
		// who may wait for room elsewhere must own nothing meanwhile
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
	 * Takes room that there may not be, where only the owner of the queue knows what
	 * gives way to what, and closes the session if that is not enough.
	 */
	private boolean takeForOwner(long size) {
		OutboundWatermarks watermarks = this.outbound.watermarks();
		if (watermarks.hasOverflowed()) {
			return false;
		}
		watermarks.add(size);
		return true;
	}

	/**
	 * Takes room for part of a message that may have begun, and so cannot be dropped.
	 * @return null if that is done; else why not
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
		return switch (this.outbound.watermarks().overflowPolicy()) {
			case DROP_OLDEST, DROP_NEWEST -> {
				watermarks.result(); // so that the sender hears when there is room
				yield SendResult.DROPPED;
			}
			case BLOCK -> (this.outbound.loop().mayWait() && awaitPart(size)) ? null
					: isOver() ? SendResult.CLOSED : tooSlow(null);
			case CONFLATE -> takeForOwner(size) ? null : tooSlow(null);
			case CLOSE -> tooSlow(null);
		};
	}

	/** Waits on a worker for the same; false if the session has ended. */
	boolean awaitPart(long size) {
		return this.outbound.watermarks().awaitPart(size, this::isOver);
	}

	/** Sends part of a message, which room has been taken for. */
	SendResult sendPart(PendingWrite item, boolean text, int size) {
		boolean last = item.kind == Kind.LAST_PART;
		this.outbound.watermarks().streams(Objects.requireNonNull(item.message), last);
		this.source.count(text, last ? 1 : 0, size);
		if (this.outbound.queue(item)) {
			this.outbound.write(this.source.hasMore());
		}
		return this.outbound.watermarks().result();
	}

}
