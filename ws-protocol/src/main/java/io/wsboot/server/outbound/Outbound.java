package io.wsboot.server.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.LoopOutput;
import io.wsboot.server.loop.OutboundLoop;
import io.wsboot.server.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The output to one peer, for senders on any thread. There is no lock: one thread at a
 * time is the <em>drainer</em> (see {@link OutboundInbox}), and has the queue and the
 * socket's output to itself. Other threads leave their writes in the inbox.
 *
 * <pre>
 * any thread                                      the drainer
 *
 * send -> OutboundSender -> MessageEncoder
 *              |
 *   OutboundWatermarks: reserves bytes,
 *   or the overflow policy decides
 *              |
 *              +-> queue() -> OutboundInbox ----> OutboundQueue -> OutboundWriter -> Transport
 *                                                                       ^
 * the loop, in a batch, if nothing waits:                               |
 *      sendInBatch() -> the loop's buffer ---- endBatch() --------------+
 * </pre>
 *
 * A loop is the drainer from {@link #beginBatch} to {@link #endBatch}, and of what it
 * sends outside of a batch until the end of its round. A drainer calls no
 * {@linkplain ForeignCode foreign code}. The {@link Outcomes} of writes are told when the
 * thread is the drainer no longer, so the code that hears of an outcome may send, and
 * wait for room that other threads can make.
 */
public final class Outbound implements LoopOutput {

	private final OutboundLoop loop;

	private final DataFrames frames;

	private final OutboundWatermarks watermarks;

	private final OutboundInbox inbox = new OutboundInbox();

	/** Used by the drainer only, but for the outcomes of its queue. */
	private final OutboundWriter writer;

	/** The loop's buffer during a batch, else null; used on the loop only. */
	private @Nullable ByteBuffer batch;

	/** Whether the loop drains at the end of its round; used on the loop only. */
	private boolean flushScheduled;

	public Outbound(Transport transport, OutboundLoop loop, OutboundListener listener, OutboundWatermarks watermarks,
			DataFrames frames) {
		this.loop = loop;
		this.frames = frames;
		this.watermarks = watermarks;
		this.writer = new OutboundWriter(transport, watermarks, listener);
	}

	OutboundLoop loop() {
		return this.loop;
	}

	public OutboundWatermarks watermarks() {
		return this.watermarks;
	}

	/** Whether nothing is written any more. Any thread. */
	boolean isGone() {
		return this.inbox.discard;
	}

	@Override
	public boolean beginBatch(ByteBuffer buffer) {
		if (!this.inbox.tryAcquire()) {
			return false;
		}
		this.batch = buffer.clear();
		return true;
	}

	@Override
	public void endBatch() {
		ByteBuffer buffer = this.batch;
		if (buffer != null) {
			this.batch = null; // first, as the buffer is the next connection's
			boolean idle = false;
			try {
				idle = this.writer.writeBatch(buffer);
			}
			catch (IOException | RuntimeException | Error ex) {
				fail(ex);
			}
			if (!idle || this.inbox.done(1) != 0) { // else nobody has asked for anything
				drain(buffer);
			}
		}
	}

	@Override
	public void abortBatch() {
		if (this.batch != null) {
			this.batch = null;
			this.inbox.discard = true;
			drain(null);
		}
	}

	/**
	 * Sends a message in a batch, if nothing waits before the message. Any thread.
	 * @param text whether the message is text
	 * @param payload the message; its position moves to its limit if the message is sent
	 * @return false if the message must be {@linkplain #queue queued}
	 */
	public boolean sendInBatch(boolean text, ByteBuffer payload) {
		ByteBuffer buffer = this.batch;
		if (buffer == null || !this.loop.isCurrent() || !this.inbox.isEmpty() || !this.writer.queue().isFree()) {
			return false;
		}
		try {
			if (this.frames.size(payload.remaining()) > buffer.remaining()) {
				return this.writer.addLong(this.frames, text, payload, buffer);
			}
			this.frames.write(buffer, text, payload);
		}
		catch (IOException ex) {
			fail(ex);
		}
		return true;
	}

	/** Sends what no overflow policy governs. Any thread. */
	public void sendAnyway(PendingWrite write) {
		this.watermarks.add(write.bytes.remaining());
		if (queue(write)) {
			write(false);
		}
	}

	/**
	 * Queues a write whose bytes have been reserved. Calls no foreign code, so the caller
	 * may hold a lock. Any thread.
	 * @return whether the caller is the drainer now, and must call {@link #write} holding
	 * no lock, or have {@link #flushLater} called on the loop
	 */
	boolean queue(PendingWrite write) {
		ByteBuffer buffer = this.batch;
		if (buffer != null && this.loop.isCurrent()) {
			return queueInBatch(buffer, write);
		}
		this.inbox.add(write);
		boolean drainer = this.inbox.request();
		assert !drainer || this.loop.isCurrent() || ForeignCode.held(this);
		return drainer;
	}

	private boolean queueInBatch(ByteBuffer buffer, PendingWrite write) {
		if (this.inbox.isEmpty() && this.writer.addShort(write, buffer)) {
			return false;
		}
		try {
			this.writer.writeBatch(buffer);
		}
		catch (IOException | RuntimeException | Error ex) {
			fail(ex);
		}
		this.inbox.emptyInto(this.writer);
		this.writer.add(write);
		return this.watermarks.isHigh();
	}

	/**
	 * Writes what has been queued; the loop does so at the end of its round. Called by
	 * the drainer.
	 * @param more whether more is likely to be sent at once, so that the loop is to write
	 */
	void write(boolean more) {
		boolean onLoop = this.loop.isCurrent();
		if (onLoop && this.batch != null) {
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

	/** Writes at the end of the round. On the loop, which is the drainer. */
	void flushLater() {
		this.flushScheduled = true;
		this.loop.flushAtEndOfRound(this);
	}

	@Override
	public void flushScheduled(ByteBuffer buffer) {
		this.flushScheduled = false;
		drain(buffer);
	}

	/** Writes at once if the loop is the drainer, to make room. On the loop. */
	void flushNow() {
		if (this.flushScheduled || this.batch != null) {
			pass(this.batch);
		}
	}

	/** The socket takes bytes again. On the loop. */
	public void writable() {
		this.inbox.unblock = true;
		request();
	}

	/** Asks for {@link OutboundListener#finished} when all is written. On the loop. */
	public void finish() {
		this.inbox.finish = true;
		request();
	}

	/** The connection is gone. On the loop. */
	public void discard() {
		this.inbox.discard = true;
		this.watermarks.signal(); // whichever thread is the drainer
		request();
	}

	private void request() {
		if (this.inbox.request()) {
			flushLater();
		}
	}

	/** Makes passes until there are no requests, and then tells the outcomes. */
	private void drain(@Nullable ByteBuffer buffer) {
		int done = 1;
		while (done != 0) {
			pass(buffer);
			done = this.inbox.done(done);
		}
		assert this.loop.isCurrent() || ForeignCode.released(this);
		Outcomes outcomes = this.writer.queue().outcomes();
		if (outcomes != null) {
			outcomes.tell(this.loop, this.watermarks.isStreaming());
		}
	}

	/** Does what has been asked for; the buffer is a loop's, with its batch, or null. */
	private void pass(@Nullable ByteBuffer buffer) {
		assert ForeignCode.held(this);
		try {
			boolean finish = this.inbox.finish; // first: what precedes it is in the inbox
			if (this.inbox.discard) {
				giveUp();
				return;
			}
			if (this.inbox.unblock) {
				this.inbox.unblock = false;
				this.writer.unblock();
			}
			if (buffer != null) {
				this.writer.writeBatch(buffer);
			}
			this.inbox.emptyInto(this.writer);
			this.writer.drain(buffer);
			if (finish && this.writer.isDone()) {
				this.inbox.finish = false;
				this.writer.listener().finished();
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			fail(ex); // nothing can follow a write that has broken off
		}
		finally {
			assert ForeignCode.released(this);
		}
	}

	private void fail(Throwable cause) {
		giveUp();
		this.writer.listener().failed(cause);
	}

	private void giveUp() {
		this.inbox.discard = true;
		this.writer.giveUp();
		this.inbox.emptyInto(this.writer); // which takes nothing any more
		this.writer.giveUp();
	}

}
