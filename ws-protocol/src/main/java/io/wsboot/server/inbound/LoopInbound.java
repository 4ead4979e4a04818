package io.wsboot.server.inbound;

import java.util.ArrayDeque;

import io.wsboot.CloseStatus;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler on the session's event loop, at once: nothing is queued, copied or,
 * but for a sample, timed.
 */
public final class LoopInbound implements Inbound {

	private final InboundTarget session;

	/**
	 * Whether the handler is at work, and what happens because of what it does must wait.
	 */
	private boolean calling;

	/** What waits; it is never a message, as those are not read in a callback. */
	private @Nullable ArrayDeque<Runnable> waiting;

	public LoopInbound(InboundTarget session) {
		this.session = session;
	}

	@Override
	public void call(HandlerCallback callback, @Nullable Object argument, int size) {
		if (this.calling) {
			if (this.waiting == null) {
				this.waiting = new ArrayDeque<>(2);
			}
			this.waiting.add(() -> callIfDue(callback, argument));
			return;
		}
		this.calling = true;
		try {
			this.session.context().calls().sampled(this.session, callback, argument);
			if (this.waiting != null) {
				callWaiting();
			}
		}
		finally {
			this.calling = false;
		}
	}

	@Override
	public void part(HandlerCallback callback, Object part, int size, boolean last) {
		call(callback, new MessagePart(part, size, last), size);
	}

	@Override
	public void discard() {
		// what waits asks whether the session is open
	}

	@Override
	public boolean finish(CloseStatus status) {
		return false; // whatever came has been dealt with by now
	}

	@Override
	public void closing(CloseStatus status) {
		// nobody waits for the rest of a message here
	}

	@Override
	public void closed(CloseStatus status) {
		call(HandlerCallback.CLOSE, status, 0);
	}

	@Override
	public boolean hasWaiting() {
		return false;
	}

	@Override
	public int pending() {
		return 0;
	}

	private void callWaiting() {
		while (this.waiting != null) {
			Runnable next = this.waiting.poll();
			if (next == null) {
				this.waiting = null;
				return;
			}
			next.run();
		}
	}

	private void callIfDue(HandlerCallback callback, @Nullable Object argument) {
		if (callback == HandlerCallback.CLOSE || this.session.isOpen()) {
			this.session.context().calls().sampled(this.session, callback, argument);
		}
	}

}
