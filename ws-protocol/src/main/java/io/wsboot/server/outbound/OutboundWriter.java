package io.wsboot.server.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.protocol.outgoing.OutgoingFrames;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.outbound.PendingWrite.Kind;
import io.wsboot.server.spi.WsServerObserver.DropReason;
import io.wsboot.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Writes the queue of one peer to the peer's socket until the socket takes no more. Only
 * the drainer of the {@link Outbound} uses a writer.
 */
final class OutboundWriter {

	/** The most that is written at once from memory that is not a loop's. */
	private static final int MOST_AT_ONCE = 64 * 1024;

	private final Transport transport;

	private final OutboundWatermarks watermarks;

	private final OutboundListener listener;

	private final OutboundQueue queue = new OutboundQueue();

	/** Whether bytes remain that the socket does not take. */
	private boolean blocked;

	/** How many bytes the queue held when the watermarks heard of it last. */
	private long settled;

	/** How many bytes the queue held when the listener heard of it last. */
	private long told;

	OutboundWriter(Transport transport, OutboundWatermarks watermarks, OutboundListener listener) {
		this.transport = transport;
		this.watermarks = watermarks;
		this.listener = listener;
	}

	OutboundListener listener() {
		return this.listener;
	}

	OutboundQueue queue() {
		return this.queue;
	}

	/** Queues a write whose bytes have been reserved. */
	void add(PendingWrite write) {
		int reserved = write.bytes.remaining();
		boolean part = write.message != null;
		boolean alone = part ? this.queue.isEmpty() : this.queue.isFree();
		this.queue.add(write);
		settle(reserved);
		if (this.watermarks.overflowPolicy() == OverflowPolicy.CONFLATE && write.isData() && !alone && this.watermarks
			.isTooMuch(part ? this.queue.bytes() - this.queue.waitingBytes() : this.queue.bytes())) {
			this.watermarks.overflow();
			this.listener.overflowed();
		}
	}

	/**
	 * Tells the watermarks that the queue has changed.
	 * @param reserved how many bytes of the change a sender had reserved before
	 */
	private void settle(long reserved) {
		long change = this.queue.bytes() - this.settled;
		this.settled += change;
		this.watermarks.settle(change - reserved, this.queue.waitingBytes());
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
	 * Writes what is queued, and tells what has changed.
	 * @param buffer an empty buffer of a loop's, which makes fewer writes; may be null
	 */
	void drain(@Nullable ByteBuffer buffer) throws IOException {
		write(buffer);
		keepWithinBounds();
	}

	/** Writes what is queued; the buffer is empty again afterwards. */
	void write(@Nullable ByteBuffer buffer) throws IOException {
		try {
			while (!this.blocked && !this.queue.isEmpty()) {
				ByteBuffer next = (buffer != null) ? this.queue.items().copyTo(buffer.clear()).flip()
						: this.queue.items().next(MOST_AT_ONCE);
				int written = this.transport.write(next);
				this.queue.written(written);
				settle(0);
				if (next.hasRemaining()) {
					block();
				}
			}
			flush();
		}
		finally {
			if (buffer != null) {
				buffer.clear(); // the next to use it is another connection
			}
		}
	}

	/** Writes bytes that the transport has taken from a buffer and keeps. */
	private void flush() throws IOException {
		if (!this.blocked && !this.transport.flush()) {
			block();
		}
	}

	/**
	 * Writes what a batch has gathered, while the queue is empty; queues what the socket
	 * does not take.
	 * @return whether nothing is left to write or to tell, as after most batches
	 */
	boolean writeBatch(ByteBuffer buffer) throws IOException {
		if (buffer.position() > 0) {
			try {
				this.transport.write(buffer.flip());
				if (buffer.hasRemaining()) {
					ByteBuffer rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
					queueRest(PendingWrite.of(Kind.REST, rest));
				}
			}
			finally {
				buffer.clear();
			}
		}
		flush();
		return !this.blocked && this.queue.isFree() && this.queue.outcomes() == null && this.told == 0
				&& this.watermarks.isIdle();
	}

	/**
	 * Adds a write whose bytes have been reserved to a batch.
	 * @return false if other writes wait before the write, or the batch has no room, or
	 * somebody waits to hear what becomes of the write
	 */
	boolean addShort(PendingWrite write, ByteBuffer buffer) {
		int size = write.bytes.remaining();
		if (!this.queue.isFree() || !write.isSimple() || size > buffer.remaining()) {
			return false;
		}
		this.watermarks.add(-size);
		buffer.put(write.bytes);
		if (write.isClose()) {
			this.queue.close();
		}
		return true;
	}

	/**
	 * Adds a message to a batch that has no room for the message, while the queue is
	 * empty. Writes the batch first; writes a message that is longer than the buffer on
	 * into the socket.
	 * @return false if the message must be queued
	 */
	boolean addLong(DataFrames frames, boolean text, ByteBuffer payload, ByteBuffer buffer) throws IOException {
		writeBatch(buffer);
		if (this.blocked || !this.queue.isEmpty()) {
			return false;
		}
		if (frames.size(payload.remaining()) > buffer.remaining()) {
			return writeLong(frames, text, payload, buffer);
		}
		frames.write(buffer, text, payload);
		return true;
	}

	/**
	 * Writes a message piece by piece; encodes as a whole only what the socket does not
	 * take.
	 * @return false if the message must be queued, as it may not be allowed to wait
	 * @throws IOException also if the payload cannot be read to its end, as nothing can
	 * be sent behind part of a message
	 */
	private boolean writeLong(DataFrames frames, boolean text, ByteBuffer payload, ByteBuffer buffer)
			throws IOException {
		if (this.watermarks.queued() > 0) {
			return false;
		}
		long size = frames.size(payload.remaining());
		long written = 0;
		OutgoingFrames message = frames.begin(text, payload);
		try {
			while (!message.isDone() && !this.blocked) {
				message.write(buffer.clear());
				written += this.transport.write(buffer.flip());
				if (buffer.hasRemaining()) {
					ByteBuffer rest = ByteBuffer.allocate(Math.toIntExact(size - written)).put(buffer);
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
			buffer.clear();
		}
		return true;
	}

	private void queueRest(PendingWrite rest) {
		this.queue.items().add(rest);
		settle(0);
		block();
		tellLevel();
	}

	/**
	 * Applies what the overflow policy leaves to the drainer, and tells which mark has
	 * been passed.
	 */
	void keepWithinBounds() {
		if (this.watermarks.overflowPolicy() == OverflowPolicy.DROP_OLDEST) {
			dropOldest();
		}
		else if (this.watermarks.overflowPolicy() == OverflowPolicy.CONFLATE) {
			tellDropped(DropReason.CONFLATED, this.queue.takeConflated());
		}
		tellLevel();
	}

	private void tellDropped(DropReason reason, int messages) {
		if (messages > 0) {
			this.queue.later(() -> this.listener.dropped(reason, messages));
		}
	}

	private void dropOldest() {
		int dropped = 0;
		while (this.watermarks.isOverfull() && this.queue.dropOldest() > 0) {
			settle(0);
			dropped++;
		}
		tellDropped(DropReason.OLDEST, dropped);
	}

	private void tellLevel() {
		this.watermarks.signal();
		count();
		switch (this.watermarks.mark()) {
			case HIGH -> this.listener.congested();
			case LOW -> this.listener.drained();
			case NONE -> {
				// nothing to tell
			}
		}
	}

	/** Tells how many bytes the socket has not taken. */
	private void count() {
		long change = this.queue.bytes() - this.told;
		if (change != 0) {
			this.told += change;
			this.listener.queued(change);
		}
	}

	/** Gives up all that waits. */
	void giveUp() {
		this.queue.clear();
		settle(0);
		count();
		this.watermarks.signal();
	}

	private void block() {
		this.blocked = true;
		this.listener.blocked();
	}

}
