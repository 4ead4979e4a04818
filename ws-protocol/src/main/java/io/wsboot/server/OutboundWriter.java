package io.wsboot.server;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.wsboot.protocol.DataFrames;
import io.wsboot.protocol.OutgoingFrames;
import io.wsboot.server.Outgoing.Kind;
import io.wsboot.server.WsServerObserver.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * Writes one peer's queue to its socket until that takes no more. Only for whoever owns
 * the {@link Outbound}.
 */
final class OutboundWriter {

	/** The most that is written at once from memory that is not a loop's. */
	private static final int MOST_AT_ONCE = 64 * 1024;

	private final Transport transport;

	private final OutboundRoom room;

	private final OutboundEvents events;

	private final OutboundQueue queue = new OutboundQueue();

	private boolean blocked;

	/**
	 * How many bytes are in the queue: other than the room's, without those that senders
	 * have taken room for and not yet offered.
	 */
	private long held;

	/** How many bytes have been told of. */
	private long counted;

	OutboundWriter(Transport transport, OutboundRoom room, OutboundEvents events) {
		this.transport = transport;
		this.room = room;
		this.events = events;
	}

	OutboundEvents events() {
		return this.events;
	}

	OutboundQueue queue() {
		return this.queue;
	}

	/** Queues an item that room has been taken for. */
	void add(Outgoing item) {
		int reserved = item.bytes.remaining();
		boolean part = item.message != null;
		boolean alone = part ? this.queue.isEmpty() : this.queue.isFree();
		long change = this.queue.add(item);
		this.held += change;
		this.room.take(change - reserved);
		if (this.room.overflowPolicy() == OverflowPolicy.CONFLATE && item.isData() && !alone
				&& this.room.isTooMuch(part ? this.held - this.queue.waitingBytes() : this.held)) {
			this.room.overflow();
			this.events.overflowed();
		}
	}

	/** Whether nothing is left to write. */
	boolean isDone() {
		return this.queue.isEmpty() && !this.blocked;
	}

	/** The socket takes bytes again. */
	void unblock() {
		this.blocked = false;
	}

	/**
	 * Writes what is queued.
	 * @param staging an empty buffer of a loop's, which makes fewer writes of it; may be
	 * null
	 */
	void write(@Nullable ByteBuffer staging) throws IOException {
		try {
			writeQueue(staging);
		}
		finally {
			if (staging != null) {
				staging.clear(); // the next to use it is another connection
			}
		}
	}

	private void writeQueue(@Nullable ByteBuffer staging) throws IOException {
		while (!this.blocked && !this.queue.isEmpty()) {
			ByteBuffer next = (staging != null) ? this.queue.copyTo(staging.clear()).flip()
					: this.queue.next(MOST_AT_ONCE);
			int written = this.transport.write(next);
			this.queue.written(written);
			this.held -= written;
			this.room.take(-written);
			if (next.hasRemaining()) {
				block();
			}
		}
		if (!this.blocked && !this.transport.flush()) {
			block();
		}
	}

	/**
	 * Writes frames that stand before the queue, which is empty; what is left of them is
	 * queued.
	 */
	void writeStaged(ByteBuffer staging) throws IOException {
		if (staging.position() == 0) {
			return;
		}
		this.transport.write(staging.flip());
		if (staging.hasRemaining()) {
			ByteBuffer rest = ByteBuffer.allocate(staging.remaining()).put(staging).flip();
			queueRest(Outgoing.of(Kind.REST, rest));
		}
		staging.clear();
	}

	/**
	 * Writes a message behind the frames that stand before the queue, if that is empty,
	 * and what is longer than the buffer on into the socket.
	 * @return whether it has been dealt with
	 */
	boolean stage(DataFrames frames, boolean text, ByteBuffer payload, ByteBuffer staging) throws IOException {
		if (!this.queue.isFree()) {
			return false;
		}
		long size = frames.size(payload.remaining());
		if (size > staging.remaining()) {
			writeStaged(staging);
			if (!this.queue.isEmpty()) {
				return false;
			}
			if (size > staging.remaining()) {
				return writeLong(frames, text, payload, staging);
			}
		}
		frames.write(staging, text, payload);
		return true;
	}

	/** Encodes only what the socket does not take. */
	private boolean writeLong(DataFrames frames, boolean text, ByteBuffer payload, ByteBuffer staging)
			throws IOException {
		if (this.room.queued() > 0) {
			return false; // it may not be allowed to wait
		}
		long size = frames.size(payload.remaining());
		long written = 0;
		OutgoingFrames message = frames.begin(text, payload);
		while (!message.isDone() && !this.blocked) {
			message.write(staging.clear());
			written += this.transport.write(staging.flip());
			if (staging.hasRemaining()) {
				ByteBuffer rest = ByteBuffer.allocate(Math.toIntExact(size - written)).put(staging);
				message.write(rest);
				queueRest(Outgoing.restOf(rest.flip(), frames.frameSize(), written));
			}
		}
		staging.clear();
		return true;
	}

	private void queueRest(Outgoing rest) {
		this.held += rest.bytes.remaining();
		this.room.take(rest.bytes.remaining());
		this.queue.addRest(rest);
		block();
		noteLevel();
	}

	/**
	 * Does what the policy leaves to the owner about what is too much, and tells when a
	 * mark has been passed.
	 */
	void keepWithinBounds() {
		if (this.room.overflowPolicy() == OverflowPolicy.DROP_OLDEST) {
			dropOldest();
		}
		else if (this.room.overflowPolicy() == OverflowPolicy.CONFLATE) {
			tellConflated();
		}
		noteLevel();
	}

	private void tellConflated() {
		int conflated = this.queue.takeConflated();
		if (conflated > 0) {
			this.events.dropped(DropReason.CONFLATED, conflated);
		}
	}

	private void dropOldest() {
		int dropped = 0;
		while (this.room.isOverfull()) {
			int size = this.queue.dropOldest();
			if (size == 0) {
				break;
			}
			this.held -= size;
			this.room.take(-size);
			dropped++;
		}
		if (dropped > 0) {
			this.events.dropped(DropReason.OLDEST, dropped);
		}
	}

	private void noteLevel() {
		this.room.waiting(this.queue.waitingBytes());
		this.room.signal();
		count();
		switch (this.room.mark()) {
			case HIGH -> this.events.congested();
			case LOW -> this.events.drained();
			case NONE -> {
				// nothing to tell
			}
		}
	}

	/** Tells how much more is left when the socket has taken what it could, or less. */
	private void count() {
		long queued = this.room.queued();
		long change = queued - this.counted;
		if (change != 0) {
			this.counted = queued;
			this.events.queued(change);
		}
	}

	/** Takes note that all that waited is lost. */
	void gaveUp() {
		this.held = 0;
		this.room.clear();
		count();
	}

	private void block() {
		this.blocked = true;
		this.events.blocked();
	}

}
