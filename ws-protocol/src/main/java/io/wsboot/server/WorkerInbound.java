package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.server.Intake.Pause;
import io.wsboot.server.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler on an executor. The session is given to the executor when something
 * comes in and nothing was waiting, so that at most one thread is at work for it. While
 * too many messages wait it is not read.
 */
final class WorkerInbound implements Inbound, Runnable {

	/**
	 * The most calls in a row, so that a busy session does not keep a worker from the
	 * others.
	 */
	private static final int BATCH = 64;

	/** How soon an executor that has rejected the session is asked again. */
	private static final long RETRY_NANOS = 50_000_000;

	private final EventLoop loop;

	private final Executor executor;

	private final Session session;

	private final HandlerCalls calls;

	private final Connection connection;

	private final int maxPending;

	private final MpscQueue<Call> queue = new MpscQueue<>();

	/** Calls that wait or are being made. */
	private final AtomicInteger pending = new AtomicInteger();

	private volatile boolean paused;

	WorkerInbound(EventLoop loop, Executor executor, Session session, HandlerCalls calls, Connection connection,
			int maxPending) {
		this.loop = loop;
		this.executor = executor;
		this.session = session;
		this.calls = calls;
		this.connection = connection;
		this.maxPending = maxPending;
	}

	@Override
	public void opened() {
		add(HandlerCallback.OPEN, null);
	}

	@Override
	public void text(String text) {
		message(HandlerCallback.TEXT, text);
	}

	@Override
	public void binary(ByteBuffer payload) {
		message(HandlerCallback.BINARY, copy(payload));
	}

	@Override
	public void pong(ByteBuffer payload) {
		message(HandlerCallback.PONG, copy(payload));
	}

	@Override
	public void drained() {
		add(HandlerCallback.DRAINED, null);
	}

	@Override
	public void dropped(int messages) {
		add(HandlerCallback.DROPPED, messages);
	}

	@Override
	public void closed(CloseStatus status) {
		add(HandlerCallback.CLOSE, status);
	}

	@Override
	public boolean hasWaiting() {
		return this.pending.get() > 1;
	}

	private static ByteBuffer copy(ByteBuffer payload) {
		return ByteBuffer.allocate(payload.remaining()).put(payload).flip();
	}

	private void message(HandlerCallback callback, Object argument) {
		add(callback, argument);
		if (this.pending.get() >= this.maxPending && !this.paused) {
			this.paused = true;
			this.connection.pause(Pause.PENDING);
			if (this.pending.get() <= this.maxPending / 2) {
				resume(); // the worker may have passed the mark before it could see the
							// flag
			}
		}
	}

	private void add(HandlerCallback callback, @Nullable Object argument) {
		this.queue.add(new Call(callback, argument));
		if (this.pending.getAndIncrement() == 0) {
			dispatch();
		}
	}

	private void dispatch() {
		if (!isDispatched()) {
			this.loop.execute(() -> this.loop.timers()
				.schedule(new TimerWheel.Timer(this::dispatch), this.loop.now() + RETRY_NANOS));
		}
	}

	private boolean isDispatched() {
		try {
			this.executor.execute(this);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	@Override
	public void run() {
		do {
			if (isIdleAfterBatch()) {
				return;
			}
		}
		while (!isDispatched()); // who has no other thread for it goes on with this one
	}

	private boolean isIdleAfterBatch() {
		for (int i = 0; i < BATCH; i++) {
			Call call = this.queue.poll();
			if (call != null) {
				this.calls.timed(this.session, call.callback, call.argument);
			}
			int left = this.pending.decrementAndGet();
			if (left == this.maxPending / 2 && this.paused) {
				this.loop.execute(this::resume);
			}
			if (left == 0) {
				return true;
			}
		}
		return false;
	}

	/** On the loop. */
	private void resume() {
		if (this.paused) {
			this.paused = false;
			this.connection.resume(Pause.PENDING);
		}
	}

	private record Call(HandlerCallback callback, @Nullable Object argument) {
	}

}
