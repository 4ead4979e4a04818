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
 * <p>
 * An owner that writes calls no {@linkplain ForeignCode foreign code}: what has become of
 * items is told when it owns the queue no longer, by that thread, or by a task of the
 * loop if that is the thread. So whoever hears of it may send, and wait for room, which
 * other threads can make.
 */
final class Outbound implements LoopOutput {

	private final OutboundLoop loop;

	private final DataFrames frames;

	private final OutboundWatermarks watermarks;

	private final OutboundInbox inbox = new OutboundInbox();

	/** The owner's. */
	private final OutboundWriter writer;

	/** The loop's buffer, while it is at its turn; the loop's. */
	private @Nullable ByteBuffer staging;

	/** Whether the loop is the owner until the end of its round; the loop's. */
	private boolean flushScheduled;

	Outbound(Transport transport, OutboundLoop loop, OutboundListener events, OutboundWatermarks watermarks,
			DataFrames frames) {
		this.loop = loop;
		this.frames = frames;
		this.watermarks = watermarks;
		this.writer = new OutboundWriter(transport, watermarks, events);
	}

	OutboundLoop loop() {
		return this.loop;
	}

	OutboundWatermarks watermarks() {
		return this.watermarks;
	}

	/** Whether nothing is written any more. Any thread. */
	boolean isGone() {
		return this.inbox.discard;
	}

	@Override
	public boolean beginBatch(ByteBuffer staging) {
		if (!this.inbox.own()) {
			return false;
		}
		this.staging = staging.clear();
		return true;
	}

	/** On the loop: whether it is at its turn. */
	boolean inBatch() {
		return this.staging != null;
	}

	@Override
	public void endBatch() {
		ByteBuffer staging = this.staging;
		if (staging != null) {
			this.staging = null; // first, as the buffer is the next connection's
			flush(staging);
			drain(staging);
		}
	}

	@Override
	public void abortBatch() {
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
		if (staging == null || !this.loop.isCurrent() || !this.inbox.isEmpty()) {
			return false; // what others have sent was before
		}
		try {
			return this.writer.stage(this.frames, text, payload, staging);
		}
		catch (IOException ex) {
			fail(ex);
			return true;
		}
	}

	/** Sends what no policy governs: room is taken whether there is any or not. */
	void sendAnyway(PendingWrite item) {
		this.watermarks.add(item.bytes.remaining());
		if (queue(item)) {
			write(false);
		}
	}

	/**
	 * Queues an item that room has been taken for. Writes nothing but what a turn has
	 * produced before, and calls no foreign code, so the caller may hold a lock.
	 * @return whether the caller must call {@link #write} next, holding no lock, or have
	 * {@link #flushLater} called on the loop
	 */
	boolean queue(PendingWrite item) {
		ByteBuffer staging = this.staging;
		if (staging != null && this.loop.isCurrent()) {
			return queueInBatch(staging, item);
		}
		this.inbox.add(item);
		boolean owner = this.inbox.request();
		assert !owner || this.loop.isCurrent() || ForeignCode.held(this);
		return owner;
	}

	private boolean queueInBatch(ByteBuffer staging, PendingWrite item) {
		if (this.writer.queue().isFree() && this.inbox.isEmpty() && item.isSimple()
				&& item.bytes.remaining() <= staging.remaining()) {
			this.watermarks.add(-item.bytes.remaining());
			staging.put(item.bytes);
			if (item.isClose()) {
				this.writer.queue().close();
			}
			return false;
		}
		flush(staging);
		this.inbox.emptyInto(this.writer);
		this.writer.add(item);
		return this.watermarks.isHigh();
	}

	/**
	 * Writes what has been queued; a loop does so at the end of its round.
	 * @param more whether more is likely to be sent at once, so that the loop is to do it
	 */
	void write(boolean more) {
		boolean onLoop = this.loop.isCurrent();
		if (onLoop && this.staging != null) {
			flushNow();
		}
		else if (onLoop) {
			flushLater();
		}
		else if (more) {
			assert ForeignCode.released(this);
			this.loop.execute(this::flushLater);
		}
		else {
			drain(null);
		}
	}

	/** On the loop, which owns the queue: writes at the end of the round. */
	void flushLater() {
		this.flushScheduled = true;
		this.loop.flushAtEndOfRound(this);
	}

	@Override
	public void flushScheduled(ByteBuffer staging) {
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
		this.watermarks.signal(); // whoever owns the queue
		request();
	}

	private void request() {
		if (this.inbox.request()) {
			flushLater();
		}
	}

	/**
	 * Does what there is to do, ends the ownership, and tells what has become of items.
	 * @param staging an empty buffer of the loop's; null on other threads
	 */
	private void drain(@Nullable ByteBuffer staging) {
		int done = 1;
		while (done != 0) {
			work(staging);
			done = this.inbox.done(done);
		}
		assert this.loop.isCurrent() || ForeignCode.released(this);
		Outcomes outcomes = this.writer.queue().outcomes();
		if (outcomes != null) {
			outcomes.tell(this.loop, this.watermarks.isStreaming());
		}
	}

	private void work(@Nullable ByteBuffer staging) {
		assert ForeignCode.held(this);
		try {
			move(staging);
		}
		catch (IOException | RuntimeException | Error ex) {
			fail(ex); // what is not written whole cannot be gone on with
		}
		assert ForeignCode.released(this);
	}

	private void move(@Nullable ByteBuffer staging) throws IOException {
		if (this.inbox.discard) {
			giveUp();
			return;
		}
		boolean finish = this.inbox.finish; // first: what precedes it is in the inbox
		if (this.inbox.unblock) {
			this.inbox.unblock = false;
			this.writer.unblock();
		}
		this.inbox.emptyInto(this.writer);
		this.writer.write(staging);
		this.writer.keepWithinBounds();
		if (finish && this.writer.isDone()) {
			this.inbox.finish = false;
			this.writer.events().finished();
		}
	}

	private void flush(ByteBuffer staging) {
		try {
			this.writer.writeStaged(staging);
		}
		catch (IOException | RuntimeException | Error ex) {
			fail(ex);
		}
	}

	private void fail(Throwable cause) {
		giveUp();
		this.writer.events().failed(cause);
	}

	private void giveUp() {
		this.inbox.discard = true;
		this.writer.giveUp();
		this.inbox.emptyInto(this.writer); // which takes nothing any more
		this.writer.giveUp();
	}

}
