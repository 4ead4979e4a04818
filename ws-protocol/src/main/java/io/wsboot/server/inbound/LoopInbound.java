package io.wsboot.server.inbound;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession.Task;
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
	public void opened() {
		call(HandlerCallback.OPEN, null);
	}

	@Override
	public void text(String text, int size) {
		call(HandlerCallback.TEXT, text);
	}

	@Override
	public void binary(ByteBuffer payload) {
		call(HandlerCallback.BINARY, payload);
	}

	@Override
	public void textPart(String part, int size, boolean last) {
		call(HandlerCallback.TEXT_PART, new MessagePart(part, size, last));
	}

	@Override
	public void binaryPart(ByteBuffer part, boolean last) {
		call(HandlerCallback.BINARY_PART, new MessagePart(part, part.remaining(), last));
	}

	@Override
	public void pong(ByteBuffer payload) {
		call(HandlerCallback.PONG, payload);
	}

	@Override
	public void drained() {
		call(HandlerCallback.DRAINED, null);
	}

	@Override
	public void dropped(int messages) {
		call(HandlerCallback.DROPPED, messages);
	}

	@Override
	public void task(Task task) {
		call(HandlerCallback.TASK, task);
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
		call(HandlerCallback.CLOSE, status);
	}

	@Override
	public boolean hasWaiting() {
		return false;
	}

	@Override
	public int pending() {
		return 0;
	}

	private void call(HandlerCallback callback, @Nullable Object argument) {
		if (this.calling) {
			if (this.waiting == null) {
				this.waiting = new ArrayDeque<>(2);
			}
			this.waiting.add(() -> callIfDue(callback, argument));
			return;
		}
		this.calling = true;
		try {
			callNow(callback, argument);
			callWaiting();
		}
		finally {
			this.calling = false;
		}
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
			callNow(callback, argument);
		}
	}

	private void callNow(HandlerCallback callback, @Nullable Object argument) {
		this.session.context().calls().sampled(this.session, callback, argument);
	}

}
