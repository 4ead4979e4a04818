package io.wsboot.server;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.wsboot.protocol.DataFrames;
import org.jspecify.annotations.Nullable;

/**
 * The way out to one peer, for senders on any thread. There is no lock: whoever raises
 * the {@link OutboundInbox}'s number of requests from zero owns the queue and the
 * socket's output until it has brought them back to zero; the others leave their items in
 * the inbox for it. While a loop serves the connection it takes a <em>turn</em>: it is
 * the owner all the time, writes frames straight into its own buffer, and that buffer to
 * the socket once at the end.
 */
final class Outbound {

	private final EventLoop loop;

	private final DataFrames frames;

	private final OutboundRoom room;

	private final OutboundInbox inbox = new OutboundInbox();

	/** The owner's. */
	private final OutboundWriter writer;

	/** The loop's buffer, while it is at its turn; the loop's. */
	private @Nullable ByteBuffer staging;

	/** Whether the loop is the owner until the end of its round; the loop's. */
	private boolean flushScheduled;

	Outbound(Transport transport, EventLoop loop, OutboundEvents events, OutboundOptions options, DataFrames frames) {
		this.loop = loop;
		this.frames = frames;
		this.room = new OutboundRoom(options);
		this.writer = new OutboundWriter(transport, this.room, events);
	}

	/** How many bytes wait, and may. */
	OutboundRoom room() {
		return this.room;
	}

	/**
	 * Waits on a worker until there is room, which is then taken; false if the connection
	 * went away instead.
	 */
	boolean awaitRoom(long size) {
		return this.room.await(size, () -> this.inbox.discard);
	}

	/**
	 * On the loop: takes a turn, if nobody else is at it.
	 * @param staging an empty buffer
	 * @return whether {@link #endTurn} must be called
	 */
	boolean beginTurn(ByteBuffer staging) {
		if (!this.inbox.own()) {
			return false;
		}
		this.staging = staging.clear();
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
			this.staging = null; // first, as the buffer is the next connection's
			flush(staging);
			drain(staging);
		}
	}

	/**
	 * On the loop: ends a turn in the middle, as something has been thrown. Nothing of it
	 * is written, nor anything else any more.
	 */
	void breakOffTurn() {
		if (this.staging != null) {
			this.staging = null;
			this.inbox.discard = true;
			drain(null);
		}
	}

	/**
	 * In a turn: writes a message into the loop's buffer, if nothing waits before it, and
	 * on into the socket if it is longer than that.
	 * @return whether it has been dealt with
	 */
	boolean stage(boolean text, ByteBuffer payload) {
		ByteBuffer staging = this.staging;
		if (staging == null) {
			return false;
		}
		try {
			return this.writer.stage(this.frames, text, payload, staging);
		}
		catch (IOException ex) {
			staging.clear();
			fail(ex);
			return true;
		}
	}

	/** Sends what no policy governs: room is taken whether there is any or not. */
	void sendAnyway(Outgoing item) {
		this.room.take(item.bytes.remaining());
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
		return this.inbox.request();
	}

	private void sendInTurn(ByteBuffer staging, Outgoing item) {
		if (queue().isFree() && this.inbox.isEmpty() && item.isSimple()
				&& item.bytes.remaining() <= staging.remaining()) {
			this.room.take(-item.bytes.remaining());
			staging.put(item.bytes);
			if (item.isClose()) {
				queue().close();
			}
			return;
		}
		flush(staging);
		emptyInbox();
		this.writer.add(item);
		if (this.room.isHigh()) {
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
		this.inbox.unblock = true;
		request();
	}

	/** No item will be offered any more: tell when all are written. On the loop. */
	void finish() {
		this.inbox.finish = true;
		request();
	}

	/** The connection is gone. On the loop. */
	void discard() {
		this.inbox.discard = true;
		request();
	}

	private void request() {
		if (this.inbox.request()) {
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
			done = this.inbox.done(done);
		}
	}

	private void work(@Nullable ByteBuffer staging) {
		move(staging);
		queue().tellOutcomes();
	}

	private void move(@Nullable ByteBuffer staging) {
		if (this.inbox.discard) {
			giveUp();
			return;
		}
		boolean finish = this.inbox.finish; // asked first: what precedes it is in the
											// inbox
		if (this.inbox.unblock) {
			this.inbox.unblock = false;
			this.writer.unblock();
		}
		emptyInbox();
		try {
			this.writer.write(staging);
		}
		catch (IOException ex) {
			fail(ex);
			return;
		}
		this.writer.keepWithinBounds();
		if (finish && this.writer.isDone()) {
			this.inbox.finish = false;
			this.writer.events().finished();
		}
	}

	private void emptyInbox() {
		for (Outgoing item = this.inbox.takeAll(); item != null;) {
			Outgoing next = item.link;
			item.link = null;
			this.writer.add(item);
			item = next;
		}
	}

	private OutboundQueue queue() {
		return this.writer.queue();
	}

	/** Writes the frames of a turn. */
	private void flush(ByteBuffer staging) {
		try {
			this.writer.writeStaged(staging);
		}
		catch (IOException ex) {
			staging.clear();
			fail(ex);
		}
	}

	private void fail(IOException cause) {
		giveUp();
		this.writer.events().failed(cause);
	}

	private void giveUp() {
		this.inbox.discard = true;
		queue().clear();
		for (Outgoing item = this.inbox.takeAll(); item != null; item = item.link) {
			queue().add(item);
		}
		this.writer.gaveUp();
	}

}
