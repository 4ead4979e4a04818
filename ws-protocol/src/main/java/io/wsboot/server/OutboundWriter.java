package io.wsboot.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ConcurrentModificationException;

import io.wsboot.protocol.DataFrames;
import io.wsboot.protocol.OutgoingFrames;
import io.wsboot.server.PendingWrite.Kind;
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

	private final OutboundWatermarks watermarks;

	private final OutboundListener events;

	private final OutboundQueue queue = new OutboundQueue();

	private boolean blocked;

	/**
	 * How many bytes of the queue the room knows of; its own number is higher by those
	 * that senders have taken room for and not yet offered.
	 */
	private long settled;

	/** How many bytes of the queue have been told of. */
	private long counted;

	OutboundWriter(Transport transport, OutboundWatermarks watermarks, OutboundListener events) {
		this.transport = transport;
		this.watermarks = watermarks;
		this.events = events;
	}

	OutboundListener events() {
		return this.events;
	}

	OutboundQueue queue() {
		return this.queue;
	}

	/** Queues an item that room has been taken for. */
	void add(PendingWrite item) {
		int reserved = item.bytes.remaining();
		boolean part = item.message != null;
		boolean alone = part ? this.queue.isEmpty() : this.queue.isFree();
		this.queue.add(item);
		settle(reserved);
		if (this.watermarks.overflowPolicy() == OverflowPolicy.CONFLATE && item.isData() && !alone && this.watermarks
			.isTooMuch(part ? this.queue.bytes() - this.queue.waitingBytes() : this.queue.bytes())) {
			this.watermarks.overflow();
			this.events.overflowed();
		}
	}

	/**
	 * Gives room back for what has left the queue, and takes it for what has come.
	 * @param reserved how much of that had been taken before
	 */
	private void settle(long reserved) {
		long change = this.queue.bytes() - this.settled;
		this.settled += change;
		if (change != reserved) {
			this.watermarks.add(change - reserved);
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
			ByteBuffer next = (staging != null) ? this.queue.items().copyTo(staging.clear()).flip()
					: this.queue.items().next(MOST_AT_ONCE);
			int written = this.transport.write(next);
			this.queue.written(written);
			settle(0);
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
		try {
			this.transport.write(staging.flip());
			if (staging.hasRemaining()) {
				ByteBuffer rest = ByteBuffer.allocate(staging.remaining()).put(staging).flip();
				queueRest(PendingWrite.of(Kind.REST, rest));
			}
		}
		finally {
			staging.clear();
		}
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
		write(frames, text, payload, staging, (int) size);
		return true;
	}

	/**
	 * Writes a whole message or nothing: the memory of a buffer of the application's may
	 * be gone, or its limits be moved by another thread.
	 */
	private static void write(DataFrames frames, boolean text, ByteBuffer payload, ByteBuffer staging, int size) {
		int start = staging.position();
		boolean whole = false;
		try {
			frames.write(staging, text, payload);
			whole = staging.position() - start == size;
		}
		finally {
			if (!whole) {
				staging.position(start);
			}
		}
		if (!whole) {
			throw new ConcurrentModificationException("the buffer was changed while it was sent");
		}
	}

	/**
	 * Encodes only what the socket does not take.
	 * @throws IOException also if the payload cannot be read to its end, as nothing can
	 * be sent behind part of a message
	 */
	private boolean writeLong(DataFrames frames, boolean text, ByteBuffer payload, ByteBuffer staging)
			throws IOException {
		if (this.watermarks.queued() > 0) {
			return false; // it may not be allowed to wait
		}
		long size = frames.size(payload.remaining());
		long written = 0;
		OutgoingFrames message = frames.begin(text, payload);
		try {
			while (!message.isDone() && !this.blocked) {
				message.write(staging.clear());
				written += this.transport.write(staging.flip());
				if (staging.hasRemaining()) {
					ByteBuffer rest = ByteBuffer.allocate(Math.toIntExact(size - written)).put(staging);
					message.write(rest);
					queueRest(PendingWrite.restOf(rest.flip(), frames.frameSize(), written));
				}
			}
		}
		catch (RuntimeException | Error ex) {
			if (written > 0) {
				throw new IOException("a message broke off", ex);
			}
			throw ex;
		}
		finally {
			staging.clear();
		}
		return true;
	}

	private void queueRest(PendingWrite rest) {
		this.queue.items().add(rest);
		settle(0);
		block();
		noteLevel();
	}

	/**
	 * Does what the policy leaves to the owner about what is too much, and tells when a
	 * mark has been passed.
	 */
	void keepWithinBounds() {
		if (this.watermarks.overflowPolicy() == OverflowPolicy.DROP_OLDEST) {
			dropOldest();
		}
		else if (this.watermarks.overflowPolicy() == OverflowPolicy.CONFLATE) {
			tellDropped(DropReason.CONFLATED, this.queue.takeConflated());
		}
		noteLevel();
	}

	private void tellDropped(DropReason reason, int messages) {
		if (messages > 0) {
			this.queue.later(() -> this.events.dropped(reason, messages));
		}
	}

	private void dropOldest() {
		int dropped = 0;
		while (this.watermarks.isOverfull()) {
			if (this.queue.dropOldest() == 0) {
				break;
			}
			settle(0);
			dropped++;
		}
		tellDropped(DropReason.OLDEST, dropped);
	}

	private void noteLevel() {
		this.watermarks.waiting(this.queue.waitingBytes());
		this.watermarks.signal();
		count();
		switch (this.watermarks.mark()) {
			case HIGH -> this.events.congested();
			case LOW -> this.events.drained();
			case NONE -> {
				// nothing to tell
			}
		}
	}

	/** Tells how much more is left when the socket has taken what it could, or less. */
	private void count() {
		long change = this.queue.bytes() - this.counted;
		if (change != 0) {
			this.counted += change;
			this.events.queued(change);
		}
	}

	/** Gives up all that waits. */
	void giveUp() {
		this.queue.clear();
		settle(0);
		this.watermarks.waiting(0);
		count();
		this.watermarks.signal();
	}

	private void block() {
		this.blocked = true;
		this.events.blocked();
	}

}
