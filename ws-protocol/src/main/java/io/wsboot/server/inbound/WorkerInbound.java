package io.wsboot.server.inbound;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.wsboot.CloseStatus;
import io.wsboot.MessageDelivery;
import io.wsboot.MessageDelivery.Form;
import io.wsboot.WsSession.Task;
import io.wsboot.server.loop.MpscQueue;
import io.wsboot.server.loop.WorkerTurn;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler on an executor. The session is given to the executor when something
 * comes in and nothing was waiting, so that at most one thread is at work for it. What
 * may be called on the loop is, at once, if nothing is ahead of it. How much may wait is
 * up to the {@link InboundFlow}.
 */
public final class WorkerInbound implements Inbound, Runnable {

	/** The most calls in a row, so that a session does not keep a worker to itself. */
	private static final int BATCH = 64;

	/** Nothing waits, or a worker is at it. */
	private static final int IDLE = 0;

	/** What waits is left alone until the peer has taken its replies. */
	private static final int HELD = 1;

	/** What waits has been given to the executor, which has not begun with it. */
	private static final int GIVEN = 2;

	private static final AtomicIntegerFieldUpdater<WorkerInbound> STATE = AtomicIntegerFieldUpdater
		.newUpdater(WorkerInbound.class, "state");

	private final InboundTarget session;

	private final InboundBacklog backlog;

	private final InboundFlow flow;

	private final boolean mixed;

	private final MpscQueue<InboundCall> queue = new MpscQueue<>();

	/** Null if callbacks do not overlap. */
	private final @Nullable ConcurrentCalls concurrent;

	private volatile int state = IDLE;

	/** Whether it is we who have closed: what waits is not for the handler any more. */
	private volatile boolean discards;

	private volatile boolean closed;

	public WorkerInbound(InboundTarget session) {
		this.session = session;
		this.mixed = session.endpointSessions().plan().isMixed();
		this.backlog = new InboundBacklog(session.endpointSessions().limits(), session.context().pressure());
		this.flow = new InboundFlow(session, this.backlog);
		int most = session.endpointSessions().options().concurrency();
		this.concurrent = (most > 1) ? new ConcurrentCalls(most, this::make, this::goOn) : null;
	}

	@Override
	public void opened() {
		add(HandlerCallback.OPEN, null, 0);
	}

	@Override
	public void text(String text, int size) {
		message(HandlerCallback.TEXT, text, InboundBacklog.memory(text, size));
	}

	@Override
	public void binary(ByteBuffer payload) {
		if (!isCalledNow(HandlerCallback.BINARY, payload)) {
			message(HandlerCallback.BINARY, MessagePart.copy(payload), payload.limit());
		}
	}

	@Override
	public void textPart(String part, int size, boolean last) {
		part(this.session.endpointSessions().options().text(), HandlerCallback.TEXT_STREAM, HandlerCallback.TEXT_PART,
				new MessagePart(part, InboundBacklog.memory(part, size), last));
	}

	@Override
	public void binaryPart(ByteBuffer part, boolean last) {
		int size = part.remaining();
		part(this.session.endpointSessions().options().binary(), HandlerCallback.BINARY_STREAM,
				HandlerCallback.BINARY_PART, new MessagePart(MessagePart.copy(part), size, last));
	}

	private void part(MessageDelivery delivery, HandlerCallback stream, HandlerCallback each, MessagePart part) {
		if (delivery.form() == Form.PARTS) {
			message(each, part, part.size());
			return;
		}
		InboundStream begun = this.flow.add(part);
		if (begun != null) {
			add(stream, begun, 0);
		}
		this.flow.pauseIfFull();
	}

	@Override
	public void pong(ByteBuffer payload) {
		if (!this.flow.isStreaming() || !this.backlog.isFull()) {
			// else they could pile up behind a callback that waits for the peer
			message(HandlerCallback.PONG, MessagePart.copy(payload), payload.limit());
		}
	}

	@Override
	public void drained() {
		add(HandlerCallback.DRAINED, null, 0);
		release();
	}

	@Override
	public void dropped(int messages) {
		add(HandlerCallback.DROPPED, messages, 0);
	}

	@Override
	public void task(Task task) {
		add(HandlerCallback.TASK, task, 0);
	}

	@Override
	public void discard() {
		this.discards = true;
	}

	@Override
	public void abandon(CloseStatus status) {
		this.discards = true;
		this.queue.forEach((call) -> this.backlog.change(-call.discard(status)));
	}

	@Override
	public long waiting() {
		return this.backlog.waiting();
	}

	@Override
	public boolean finish(CloseStatus status) {
		closing(status);
		if (this.backlog.isEmpty() && (this.concurrent == null || this.concurrent.running() == 0)) {
			return false;
		}
		add(InboundCall.LAST);
		return true;
	}

	@Override
	public void closing(CloseStatus status) {
		if (this.discards) {
			this.flow.discardParts();
			release();
		}
		this.flow.breakOff(status);
	}

	@Override
	public void closed(CloseStatus status) {
		closing(status);
		boolean given = this.state == GIVEN;
		add(HandlerCallback.CLOSE, status, 0);
		this.closed = true;
		release();
		if (given && this.state == GIVEN) {
			offer(); // again, as the executor may have lost what it has taken
		}
	}

	@Override
	public boolean hasWaiting() {
		return this.backlog.hasWaiting();
	}

	@Override
	public int pending() {
		return this.backlog.calls() + ((this.concurrent != null) ? this.concurrent.running() : 0);
	}

	private void message(HandlerCallback callback, Object argument, int size) {
		add(callback, argument, size);
		this.flow.pauseIfFull();
	}

	/** Calls the handler on the loop, if it may be and the session's turn is free. */
	private boolean isCalledNow(HandlerCallback callback, @Nullable Object argument) {
		if (!this.mixed || !this.session.endpointSessions().plan().onLoop(callback) || !this.backlog.isEmpty()
				|| this.session.link().isCongested()) {
			return false;
		}
		this.backlog.add(0); // from here on everything else waits
		this.session.context().calls().sampled(this.session, callback, argument);
		if (this.backlog.remove(0)) {
			dispatch();
		}
		return true;
	}

	private void add(HandlerCallback callback, @Nullable Object argument, int size) {
		if (!isCalledNow(callback, argument)) {
			add(new InboundCall(callback, argument, size));
		}
	}

	private void add(InboundCall call) {
		this.queue.add(call);
		if (this.backlog.add(call.size())) {
			dispatch();
		}
	}

	/** On the loop: gives what waits to a worker, now or when there is one. */
	private void dispatch() {
		this.state = GIVEN;
		offer();
	}

	private void offer() {
		WorkerTurn.begin(this.session.context().executor(), this, this.session.link().loop().refused());
	}

	private void goOn() {
		this.state = GIVEN;
		if (!WorkerTurn.isBegun(this.session.context().executor(), this)) {
			run();
		}
	}

	/** Never throws. What has been given once is done once, however often this comes. */
	@Override
	public void run() {
		boolean mine = STATE.compareAndSet(this, GIVEN, IDLE);
		while (mine && !isIdleAfterBatch()) {
			this.state = GIVEN;
			mine = !WorkerTurn.isBegun(this.session.context().executor(), this)
					&& STATE.compareAndSet(this, GIVEN, IDLE);
		}
	}

	private boolean isIdleAfterBatch() {
		for (int i = 0; i < BATCH; i++) {
			if (isHeld()) {
				return true;
			}
			InboundCall call = (this.concurrent != null) ? this.concurrent.next(this.queue) : this.queue.take();
			if (call == null) {
				return true; // until another one has ended
			}
			try {
				if (this.concurrent != null && call.isMessage()) {
					this.concurrent.begin(this.session, call);
				}
				else {
					make(call);
				}
			}
			catch (Throwable ex) {
				this.session.link().abandon();
			}
			boolean more = this.backlog.remove(call.settle());
			this.flow.taken();
			if (!more) {
				return true;
			}
		}
		return false;
	}

	private void make(InboundCall call) {
		call.make(this.session, this.backlog, this.discards);
	}

	/** Whether to make no more replies until the peer has taken some. */
	private boolean isHeld() {
		if (this.closed || this.discards || !this.session.link().isCongested()) {
			return false;
		}
		this.state = HELD;
		// whoever ends the congestion, or the session, may have looked before this
		return (!this.closed && !this.discards && this.session.link().isCongested())
				|| !STATE.compareAndSet(this, HELD, IDLE);
	}

	/** On the loop: goes on with what waits. */
	private void release() {
		if (STATE.compareAndSet(this, HELD, GIVEN)) {
			offer();
		}
	}

}
