package io.wsboot.server.inbound;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession.Task;

/**
 * What goes to the handler of one session, one call at a time and in order. Told by the
 * session's loop only.
 */
public interface Inbound {

	void opened();

	/** The size is in bytes of UTF-8. */
	void text(String text, int size);

	/** The payload is lent until the method returns. */
	void binary(ByteBuffer payload);

	void textPart(String part, int size, boolean last);

	/** The part is lent until the method returns. */
	void binaryPart(ByteBuffer part, boolean last);

	/** The payload is lent until the method returns. */
	void pong(ByteBuffer payload);

	void drained();

	void dropped(int messages);

	/** Something that the application wants done in turn. */
	void task(Task task);

	/**
	 * We have closed: of what waits nothing reaches the handler any more but
	 * {@code onOpen} and {@code onClose}. Any thread.
	 */
	void discard();

	/**
	 * The peer has closed, or broken the protocol: messages that are incomplete will
	 * remain so, the others are still for the handler.
	 * @return whether calls wait or are being made, behind which
	 * {@link InboundLink#answered} is called
	 */
	boolean finish(CloseStatus status);

	/** Messages that are incomplete will remain so. */
	void closing(CloseStatus status);

	/** Nothing that waits is called any more, and its memory is let go of. */
	default void abandon(CloseStatus status) {
	}

	/** Memory that {@link #abandon} would let go of. */
	default long waiting() {
		return 0;
	}

	/** The last call. */
	void closed(CloseStatus status);

	/** Calls of the handler that wait for a worker or are being made. Any thread. */
	int pending();

	/** Whether messages wait for the handler. Any thread. */
	boolean hasWaiting();

}
