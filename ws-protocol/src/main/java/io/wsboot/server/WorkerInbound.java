package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.wsboot.CloseStatus;
import io.wsboot.MessageDelivery;
import io.wsboot.MessageDelivery.Form;
import io.wsboot.WsSession.Task;
import io.wsboot.server.Intake.Pause;
import io.wsboot.server.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler on an executor. The session is given to the executor when something
 * comes in and nothing was waiting, so that at most one thread is at work for it. While
 * too many messages or parts of them wait it is not read, unless a callback waits for the
 * rest of the message that it reads. What may be called on the loop is, at once, if
 * nothing is ahead of it.
 */
final class WorkerInbound implements Inbound, InboundStream.Flow, Runnable {

	/**
	 * The most calls in a row, so that a busy session does not keep a worker from the
	 * others.
	 */
	private static final int BATCH = 64;

	private static final AtomicIntegerFieldUpdater<WorkerInbound> HELD = AtomicIntegerFieldUpdater
		.newUpdater(WorkerInbound.class, "held");

	private final Session session;

	private final Connection connection;

	private final ServerContext server;

	private final InboundBacklog backlog;

	private final boolean mixed;

	private final MpscQueue<InboundCall> queue = new MpscQueue<>();

	/** Null if callbacks do not overlap. */
	private final @Nullable ConcurrentCalls concurrent;

	/** The message that arrives, if it is read from a stream; the loop's. */
	private @Nullable InboundStream stream;

	/** Whether the session is not read because of what waits. */
	private volatile boolean paused;

	/** 1 while what waits is left alone until the peer has taken its replies, else 0. */
	private volatile int held;

	private volatile boolean closed;

	WorkerInbound(Session session, Connection connection, ServerContext server) {
		this.session = session;
		this.connection = connection;
		this.server = server;
		this.mixed = session.registration().isMixed();
		this.backlog = new InboundBacklog(session.registration().policy().inbound());
		int most = session.registration().options().concurrency();
		this.concurrent = (most > 1) ? new ConcurrentCalls(most, this::dispatch) : null;
	}

	@Override
	public void opened() {
		add(HandlerCallback.OPEN, null, 0);
	}

	@Override
	public void text(String text, int size) {
		message(HandlerCallback.TEXT, text, size);
	}

	@Override
	public void binary(ByteBuffer payload) {
		if (!isCalledNow(HandlerCallback.BINARY, payload)) {
			message(HandlerCallback.BINARY, copy(payload), payload.limit());
		}
	}

	@Override
	public void textPart(String part, int size, boolean last) {
		part(this.session.registration().options().text(), HandlerCallback.TEXT_STREAM, HandlerCallback.TEXT_PART,
				new MessagePart(part, size, last));
	}

	@Override
	public void binaryPart(ByteBuffer part, boolean last) {
		int size = part.remaining();
		part(this.session.registration().options().binary(), HandlerCallback.BINARY_STREAM, HandlerCallback.BINARY_PART,
				new MessagePart(copy(part), size, last));
	}

	private void part(MessageDelivery delivery, HandlerCallback stream, HandlerCallback each, MessagePart part) {
		if (delivery.form() == Form.PARTS) {
			message(each, part, part.size());
			return;
		}
		InboundStream current = this.stream;
		if (current != null) {
			current.add(part);
		}
		else {
			current = new InboundStream(this);
			current.add(part);
			add(stream, current, 0);
		}
		this.stream = part.last() ? null : current;
		pauseIfFull();
	}

	@Override
	public void pong(ByteBuffer payload) {
		if (this.stream == null || !this.backlog.isFull()) {
			// else they could pile up behind a callback that waits for the peer
			message(HandlerCallback.PONG, copy(payload), payload.limit());
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
	public void closing(CloseStatus status) {
		if (this.stream != null) {
			this.stream.breakOff(status);
			this.stream = null;
		}
	}

	@Override
	public void closed(CloseStatus status) {
		closing(status);
		add(HandlerCallback.CLOSE, status, 0);
		this.closed = true;
		release();
	}

	@Override
	public boolean hasWaiting() {
		return this.backlog.hasWaiting();
	}

	@Override
	public int pending() {
		return this.backlog.calls();
	}

	private static ByteBuffer copy(ByteBuffer payload) {
		return ByteBuffer.allocate(payload.remaining()).put(payload).flip();
	}

	private void message(HandlerCallback callback, Object argument, int size) {
		add(callback, argument, size);
		pauseIfFull();
	}

	private void pauseIfFull() {
		if (!this.paused && this.backlog.isFull()) {
			this.paused = true;
			this.connection.pause(Pause.PENDING);
			resumeIfWanted(); // the worker may have come so far before it could see the
								// flag
		}
	}

	/** Calls the handler on the loop, if it may be and the session's turn is free. */
	private boolean isCalledNow(HandlerCallback callback, @Nullable Object argument) {
		if (!this.mixed || !this.session.registration().onLoop(callback) || !this.backlog.isEmpty()
				|| this.connection.signals().isCongested()) {
			return false;
		}
		this.backlog.add(0); // from here on everything else waits
		this.server.calls().sampled(this.session, callback, argument);
		if (this.backlog.remove(0)) {
			dispatch();
		}
		return true;
	}

	private void add(HandlerCallback callback, @Nullable Object argument, int size) {
		if (isCalledNow(callback, argument)) {
			return;
		}
		this.queue.add(new InboundCall(callback, argument, size));
		if (this.backlog.add(size)) {
			dispatch();
		}
	}

	private void dispatch() {
		WorkerTurn.begin(this.server.executor(), this, this.connection.loop());
	}

	@Override
	public void run() {
		do {
			if (isIdleAfterBatch()) {
				return;
			}
		}
		while (!WorkerTurn.isBegun(this.server.executor(), this)); // who has no other
																	// thread for it goes
																	// on with this one
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
			if (this.concurrent != null && call.isMessage()) {
				this.concurrent.begin(this.session, call);
			}
			else {
				this.server.calls().timed(this.session, call.callback(), call.argument());
			}
			boolean more = this.backlog.remove(call.size());
			if (this.paused && this.backlog.isHalfDone()) {
				this.connection.loop().execute(this::resumeIfWanted);
			}
			if (!more) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether to wait for a peer that does not take its replies, rather than make more of
	 * them.
	 */
	private boolean isHeld() {
		if (this.closed || !this.connection.signals().isCongested()) {
			return false;
		}
		this.held = 1;
		// whoever ends the congestion, or the session, may have looked before this
		return (!this.closed && this.connection.signals().isCongested()) || !HELD.compareAndSet(this, 1, 0);
	}

	/** On the loop: goes on with what waits. */
	private void release() {
		if (HELD.compareAndSet(this, 1, 0)) {
			dispatch();
		}
	}

	/** On the loop. */
	private void resumeIfWanted() {
		if (this.paused && (this.backlog.isHalfDone() || this.stream != null && this.stream.isStarving())) {
			this.paused = false;
			this.connection.resume(Pause.PENDING);
		}
	}

	@Override
	public void added(int size) {
		this.backlog.addPart(size);
	}

	@Override
	public void taken(int size) {
		this.backlog.removePart(size);
		if (this.paused && this.backlog.isHalfDone()) {
			this.connection.loop().execute(this::resumeIfWanted);
		}
	}

	@Override
	public void starving() {
		if (this.paused) {
			this.connection.loop().execute(this::resumeIfWanted);
		}
	}

}
