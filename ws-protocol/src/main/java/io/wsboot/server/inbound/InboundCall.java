package io.wsboot.server.inbound;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.wsboot.CloseStatus;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for its turn. Any thread.
 */
final class InboundCall {

	/** In place of an argument that nobody wants any more. */
	private static final Object DISCARDED = new Object();

	private static final AtomicIntegerFieldUpdater<InboundCall> SIZE = AtomicIntegerFieldUpdater
		.newUpdater(InboundCall.class, "size");

	private final HandlerCallback callback;

	private volatile @Nullable Object argument;

	private volatile int size;

	/**
	 * A call.
	 * @param callback what is to be called
	 * @param argument with what
	 * @param size bytes of memory that it holds
	 */
	InboundCall(HandlerCallback callback, @Nullable Object argument, int size) {
		this.callback = callback;
		this.argument = argument;
		this.size = size;
	}

	HandlerCallback callback() {
		return this.callback;
	}

	int size() {
		return this.size;
	}

	/**
	 * Stands behind the calls that our Close frame waits for, and with {@code CLOSE} for
	 * none beside them.
	 */
	static final InboundCall LAST = new InboundCall(HandlerCallback.CLOSE, null, 0);

	boolean isMessage() {
		return this.callback == HandlerCallback.TEXT || this.callback == HandlerCallback.BINARY;
	}

	/**
	 * Makes it, if it still is to be made.
	 * @param discards whether nothing that waits is for the handler any more
	 */
	void make(InboundTarget session, InboundBacklog backlog, boolean discards) {
		Object argument = this.argument;
		if (this == LAST) {
			session.link().execute(session.link()::answered);
		}
		else if (argument != DISCARDED && isDue(session.isOpen(), discards)) {
			backlog.running(this.size);
			session.context().calls().timed(session, this.callback, argument);
		}
		else if (argument instanceof InboundStream stream) {
			stream.close();
		}
	}

	/**
	 * Whether it is still to be made: what came before the peer went is, whoever hears
	 * the answer; nothing that waits is once we have closed, but what begins and ends the
	 * session.
	 */
	private boolean isDue(boolean open, boolean discards) {
		return switch (this.callback) {
			case OPEN, CLOSE -> true;
			case DRAINED, DROPPED, TASK -> open;
			default -> !discards;
		};
	}

	/** The bytes to count out, once. */
	int settle() {
		return SIZE.getAndSet(this, 0);
	}

	/**
	 * Lets go of what the peer has sent, if that is what the call is for.
	 * @return the bytes to count out
	 */
	int discard(CloseStatus status) {
		return switch (this.callback) {
			case TEXT, BINARY, TEXT_PART, BINARY_PART, TEXT_STREAM, BINARY_STREAM, PONG -> {
				if (this.argument instanceof InboundStream unread) {
					unread.abandon(status);
				}
				this.argument = DISCARDED;
				yield settle();
			}
			default -> 0;
		};
	}

}
