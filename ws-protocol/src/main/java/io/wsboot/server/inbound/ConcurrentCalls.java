package io.wsboot.server.inbound;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.wsboot.server.loop.MpscQueue;
import io.wsboot.server.loop.WorkerTurn;
import io.wsboot.server.overload.InboundPressure;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one session's handler that run at the same time, each on a worker of its own.
 * Begun by one thread at a time, in wire order; which ends first is open.
 */
final class ConcurrentCalls {

	private final int most;

	private final Consumer<InboundCall> maker;

	private final Runnable goOn;

	private final AtomicInteger running = new AtomicInteger();

	/** A call that must wait; of whoever asks for the next one. */
	private @Nullable InboundCall waiting;

	/** Whether nothing is begun until a call has ended. */
	private final AtomicBoolean parked = new AtomicBoolean();

	/**
	 * Nothing runs yet.
	 * @param most messages at the same time
	 * @param maker makes a call, if it is still to be made
	 * @param goOn is run when a call has ended that another one waits for
	 */
	ConcurrentCalls(int most, Consumer<InboundCall> maker, Runnable goOn) {
		this.most = most;
		this.maker = maker;
		this.goOn = goOn;
	}

	/**
	 * The next call, if it may begin now. If not, going on is up to whoever ends a call.
	 * @param queue holds what comes then; not empty unless a call waits
	 */
	@Nullable InboundCall next(MpscQueue<InboundCall> queue) {
		InboundCall call = (this.waiting != null) ? this.waiting : queue.take();
		this.waiting = call; // first, as another thread may go on at once
		if (!isAdmitted(call)) {
			return null;
		}
		this.waiting = null;
		return call;
	}

	/** The session's end waits for all others. */
	private boolean isAdmitted(InboundCall call) {
		int allowed = switch (call.callback()) {
			case CLOSE -> 0;
			case TEXT, BINARY -> this.most - 1;
			default -> this.most;
		};
		if (this.running.get() <= allowed) {
			return true;
		}
		this.parked.set(true);
		// the last one may have ended before it could see that
		return this.running.get() <= allowed && this.parked.compareAndSet(true, false);
	}

	/** How many calls are being made. Any thread. */
	int running() {
		return this.running.get();
	}

	/** Makes a call on a worker, or here if there is none. */
	void begin(InboundTarget session, InboundCall call) {
		Runnable work = new Work(session.context().pressure(), call);
		this.running.incrementAndGet();
		if (!WorkerTurn.tryExecute(session.context().executor(), work)) {
			work.run();
		}
	}

	/** A call, which is made once though an executor may both take and refuse it. */
	private final class Work extends AtomicBoolean implements Runnable {

		private static final long serialVersionUID = 1L;

		private final transient InboundPressure pressure;

		private final transient InboundCall call;

		/** No longer waiting, but there. */
		private final int held;

		Work(InboundPressure pressure, InboundCall call) {
			this.pressure = pressure;
			this.call = call;
			this.held = (call.size() < InboundPressure.UNTOLD) ? 0 : call.size();
			pressure.held(this.held);
		}

		@Override
		public void run() {
			if (!compareAndSet(false, true)) {
				return;
			}
			try {
				ConcurrentCalls.this.maker.accept(this.call);
			}
			finally {
				this.pressure.held(-this.held);
				ConcurrentCalls.this.running.decrementAndGet();
				if (ConcurrentCalls.this.parked.compareAndSet(true, false)) {
					ConcurrentCalls.this.goOn.run();
				}
			}
		}

	}

}
