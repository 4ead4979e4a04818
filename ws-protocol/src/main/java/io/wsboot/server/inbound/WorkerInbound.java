package io.wsboot.server.inbound;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.MessageDelivery.Form;
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
	public void call(HandlerCallback callback, @Nullable Object argument, int size) {
		switch (callback) {
			case TEXT -> message(callback, argument, InboundBacklog.memory(String.valueOf(argument), size));
			case BINARY -> {
				if (!isCalledNow(callback, argument)) {
					message(callback, MessagePart.copy(argument), size);
				}
			}
			case PONG -> {
				// behind a callback that waits for the peer, Pongs could pile up
				if (!this.flow.isStreaming() || !this.backlog.isFull()) {
					message(callback, MessagePart.copy(argument), size);
				}
			}
			case DRAINED -> {
				add(callback, argument, 0);
				release();
			}
			default -> add(callback, argument, 0);
		}
	}

	@Override
	public void part(HandlerCallback callback, Object part, int size, boolean last) {
		EndpointOptions options = this.session.endpointSessions().options();
		boolean text = callback == HandlerCallback.TEXT_PART;
		MessagePart owned = text ? new MessagePart(part, InboundBacklog.memory(String.valueOf(part), size), last)
				: new MessagePart(MessagePart.copy(part), size, last);
		if ((text ? options.text() : options.binary()).form() == Form.PARTS) {
			message(callback, owned, owned.size());
			return;
		}
		InboundStream begun = this.flow.add(owned);
		if (begun != null) {
			add(text ? HandlerCallback.TEXT_STREAM : HandlerCallback.BINARY_STREAM, begun, 0);
		}
		this.flow.pauseIfFull();
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

	private void message(HandlerCallback callback, @Nullable Object argument, int size) {
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
		if (!WorkerTurn.tryExecute(this.session.context().executor(), this)) {
			run();
		}
	}

	/** Never throws. What has been given once is done once, however often this comes. */
	@Override
	public void run() {
		boolean mine = STATE.compareAndSet(this, GIVEN, IDLE);
		while (mine && !isIdleAfterBatch()) {
			this.state = GIVEN;
			mine = !WorkerTurn.tryExecute(this.session.context().executor(), this)
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
