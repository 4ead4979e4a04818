package io.wsboot.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.wsboot.SendResult;
import io.wsboot.protocol.DataFrames;
import io.wsboot.server.Outgoing.Kind;
import io.wsboot.server.WsServerObserver.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * The way out to one peer, for senders on any thread. There is no lock: whoever raises
 * {@link #requests} from zero owns the queue and the socket's output until it has brought
 * them back to zero; the others leave their items in the inbox for it. While a loop
 * serves the connection it takes a <em>turn</em>: it is the owner all the time, writes
 * frames straight into its own buffer, and that buffer to the socket once at the end.
 */
final class Outbound {

	/** What happens to a connection's output, told by whichever thread owns it. */
	interface Events {

		/**
		 * Bytes remain that the socket does not take: {@link Outbound#writable} is to be
		 * called when it does.
		 */
		void blocked();

		/** The queue is above the high-water mark. */
		void congested();

		/** It is down to half of it. */
		void drained();

		/** The overflow policy has dropped messages. */
		void dropped(DropReason reason, int messages);

		/** All is written after {@link Outbound#finish}. */
		void finished();

		/** The socket cannot be written to any more, and what waited is lost. */
		void failed(IOException cause);

	}

	/** The most that is written at once from memory that is not a loop's. */
	private static final int MOST_AT_ONCE = 64 * 1024;

	private final WritableByteChannel channel;

	private final EventLoop loop;

	private final Events events;

	private final OutboundOptions options;

	private final DataFrames frames;

	private final @Nullable BlockedSenders senders;

	private final MpscQueue<Outgoing> inbox = new MpscQueue<>();

	/** Zero while nobody owns the queue. */
	private final AtomicInteger requests = new AtomicInteger();

	/** Bytes in inbox and queue. */
	private final AtomicLong queued = new AtomicLong();

	// the owner's

	private final OutboundQueue queue = new OutboundQueue();

	/** Until the socket takes bytes again. */
	private boolean blocked;

	private boolean congested;

	// the loop's

	/** Its buffer, while it is at its turn. */
	private @Nullable ByteBuffer staging;

	/** Whether it is the owner until the end of its round. */
	private boolean flushScheduled;

	// requests to the owner

	private volatile boolean unblock;

	private volatile boolean finish;

	private volatile boolean discard;

	Outbound(WritableByteChannel channel, EventLoop loop, Events events, OutboundOptions options, DataFrames frames) {
		this.channel = channel;
		this.loop = loop;
		this.events = events;
		this.options = options;
		this.frames = frames;
		this.senders = (options.overflow() == OverflowPolicy.BLOCK) ? new BlockedSenders() : null;
	}

	/**
	 * On the loop: takes a turn, if nobody else is at it.
	 * @param staging an empty buffer
	 * @return whether {@link #endTurn} must be called
	 */
	boolean beginTurn(ByteBuffer staging) {
		if (this.requests.get() != 0 || !this.requests.compareAndSet(0, 1)) {
			return false;
		}
		this.staging = staging;
		return true;
	}

	/** On the loop: whether it is at its turn. */
	boolean inTurn() {
		return this.staging != null;
	}

	/** On the loop: writes what was sent in the turn. */
	void endTurn() {
		ByteBuffer staging = this.staging;
		if (staging != null) {
			flush(staging);
			this.staging = null;
			drain(staging);
		}
	}

	/**
	 * In a turn: writes a message into the loop's buffer, if nothing waits before it and
	 * it fits.
	 * @return whether it has been written
	 */
	boolean stage(boolean text, ByteBuffer payload) {
		ByteBuffer staging = this.staging;
		if (staging == null || !this.queue.isEmpty()) {
			return false;
		}
		long size = this.frames.size(payload.remaining());
		if (size > staging.remaining()) {
			flush(staging);
			if (size > staging.remaining() || !this.queue.isEmpty()) {
				return false;
			}
		}
		this.frames.write(staging, text, payload);
		return true;
	}

	/** How messages are made into frames. */
	DataFrames frames() {
		return this.frames;
	}

	/**
	 * Asks for room. A single message may be as big as it likes if nothing else waits.
	 * @return whether there is room, which is then taken
	 */
	boolean reserve(long size) {
		while (true) {
			long before = this.queued.get();
			if (before > 0 && before + size > this.options.maxQueued()) {
				return false;
			}
			if (this.queued.compareAndSet(before, before + size)) {
				return true;
			}
		}
	}

	/** Takes room whether there is any or not. */
	void reserveAnyway(long size) {
		this.queued.addAndGet(size);
	}

	/**
	 * Waits on a worker until there is room, which is then taken; false if the connection
	 * went away instead.
	 */
	boolean awaitRoom(long size) {
		return this.senders != null && this.senders.await(() -> this.discard || reserve(size)) && !this.discard;
	}

	/** Sends what no policy governs: room is taken whether there is any or not. */
	void sendAnyway(Outgoing item) {
		reserveAnyway(item.bytes.remaining());
		send(item, false);
	}

	/**
	 * Sends what room has been taken for. What a loop sends is written at the end of its
	 * turn or round.
	 * @param more whether the sender is likely to send more at once, so that it is better
	 * left to the loop too
	 */
	void send(Outgoing item, boolean more) {
		if (this.loop.isCurrent()) {
			if (this.staging != null) {
				sendInTurn(this.staging, item);
			}
			else if (offer(item)) {
				flushLater();
			}
		}
		else if (offer(item)) {
			if (more) {
				this.loop.execute(this::flushLater);
			}
			else {
				drain(null);
			}
		}
	}

	/**
	 * Leaves an item, which room has been taken for, to the owner.
	 * @return whether the caller has become the owner, and must see to it that
	 * {@link #flushLater} is called on the loop
	 */
	boolean offer(Outgoing item) {
		this.inbox.add(item);
		return this.requests.getAndIncrement() == 0;
	}

	private void sendInTurn(ByteBuffer staging, Outgoing item) {
		if (this.queue.isEmpty() && item.isUnattended() && item.bytes.remaining() <= staging.remaining()) {
			this.queued.addAndGet(-item.bytes.remaining());
			staging.put(item.bytes);
			if (item.endsOutput()) {
				this.queue.end();
			}
			return;
		}
		flush(staging);
		add(item);
		if (this.queued.get() > this.options.highWaterMark()) {
			work(staging);
		}
	}

	/** On the loop, which owns the queue: writes at the end of the round. */
	void flushLater() {
		this.flushScheduled = true;
		this.loop.flushAtEndOfRound(this);
	}

	/** On the loop: the end of the round. */
	void flushScheduled(ByteBuffer staging) {
		this.flushScheduled = false;
		drain(staging);
	}

	/** On the loop: writes now, if that can make room. */
	void flushNow() {
		if (this.flushScheduled) {
			work(null);
		}
		else if (this.staging != null) {
			flush(this.staging);
			work(this.staging);
		}
	}

	/** The socket takes bytes again. On the loop. */
	void writable() {
		this.unblock = true;
		request();
	}

	/** No item will be offered any more: tell when all are written. On the loop. */
	void finish() {
		this.finish = true;
		request();
	}

	/** The connection is gone. On the loop. */
	void discard() {
		this.discard = true;
		request();
	}

	private void request() {
		if (this.requests.getAndIncrement() == 0) {
			flushLater();
		}
	}

	/**
	 * Does what there is to do, and ends the ownership.
	 * @param staging an empty buffer of the loop's; null on other threads
	 */
	private void drain(@Nullable ByteBuffer staging) {
		int done = 1;
		while (done != 0) {
			work(staging);
			done = this.requests.addAndGet(-done);
		}
	}

	private void work(@Nullable ByteBuffer staging) {
		if (this.discard) {
			giveUp();
			return;
		}
		if (this.unblock) {
			this.unblock = false;
			this.blocked = false;
		}
		for (Outgoing item = this.inbox.poll(); item != null; item = this.inbox.poll()) {
			add(item);
		}
		if (!this.blocked && !this.queue.isEmpty()) {
			write(staging);
		}
		if (this.options.overflow() == OverflowPolicy.DROP_OLDEST) {
			dropOldest();
		}
		noteLevel();
		if (this.finish && this.queue.isEmpty()) {
			this.finish = false;
			this.events.finished();
		}
	}

	private void add(Outgoing item) {
		int reserved = item.bytes.remaining();
		this.queued.addAndGet(this.queue.add(item) - reserved);
	}

	private void write(@Nullable ByteBuffer staging) {
		try {
			while (!this.queue.isEmpty()) {
				ByteBuffer next = (staging != null) ? this.queue.copyTo(staging.clear()).flip()
						: this.queue.next(MOST_AT_ONCE);
				int written = this.channel.write(next);
				this.queue.written(written);
				this.queued.addAndGet(-written);
				if (next.hasRemaining()) {
					block();
					break;
				}
			}
		}
		catch (IOException ex) {
			giveUp();
			this.events.failed(ex);
		}
		if (staging != null) {
			staging.clear();
		}
	}

	/**
	 * Writes the frames of a turn; what the socket does not take waits in memory of our
	 * own.
	 */
	private void flush(ByteBuffer staging) {
		if (staging.position() == 0) {
			return;
		}
		try {
			this.channel.write(staging.flip());
			if (staging.hasRemaining()) {
				ByteBuffer rest = ByteBuffer.allocate(staging.remaining()).put(staging).flip();
				this.queued.addAndGet(rest.remaining());
				this.queue.addRest(Outgoing.of(Kind.REST, rest));
				block();
				noteLevel();
			}
		}
		catch (IOException ex) {
			giveUp();
			this.events.failed(ex);
		}
		staging.clear();
	}

	private void block() {
		this.blocked = true;
		this.events.blocked();
	}

	private void noteLevel() {
		if (this.senders != null) {
			this.senders.signal();
		}
		long level = this.queued.get();
		if (!this.congested && level > this.options.highWaterMark()) {
			this.congested = true;
			this.events.congested();
		}
		else if (this.congested && level <= this.options.highWaterMark() / 2) {
			this.congested = false;
			this.events.drained();
		}
	}

	private void dropOldest() {
		int dropped = 0;
		while (this.queued.get() > this.options.maxQueued()) {
			int size = this.queue.dropOldest();
			if (size == 0) {
				break;
			}
			this.queued.addAndGet(-size);
			dropped++;
		}
		if (dropped > 0) {
			this.events.dropped(DropReason.OLDEST, dropped);
		}
	}

	private void giveUp() {
		this.discard = true;
		for (Outgoing item = this.inbox.poll(); item != null; item = this.inbox.poll()) {
			item.closed();
		}
		this.queue.clear();
		this.queued.set(0);
		if (this.senders != null) {
			this.senders.signal();
		}
	}

	/** What to tell a sender whose message has been queued. */
	SendResult result() {
		return (this.queued.get() > this.options.highWaterMark()) ? SendResult.CONGESTED : SendResult.QUEUED;
	}

	/** Bytes that wait. */
	long queued() {
		return this.queued.get();
	}

}
