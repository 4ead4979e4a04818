package io.wsboot.server.inbound;

import io.wsboot.CloseStatus;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one session's handler, one at a time and in order. All methods run on the
 * session's loop, unless their description says otherwise.
 */
public interface Inbound {

	/**
	 * Calls the handler, now or in turn.
	 * @param callback the callback; neither a part of a message nor
	 * {@code HandlerCallback.CLOSE}
	 * @param argument the callback's argument; null if the callback has none. A buffer is
	 * lent until the method returns
	 * @param size bytes of payload, of a text in UTF-8; 0 if the callback is not about a
	 * message
	 */
	void call(HandlerCallback callback, @Nullable Object argument, int size);

	/**
	 * Hands over a part of a message that the handler takes in parts or as a stream.
	 * @param callback {@code TEXT_PART} or {@code BINARY_PART}
	 * @param part a string, or a buffer that is lent until the method returns
	 * @param size bytes of payload, of a text in UTF-8
	 * @param last whether the message ends with the part
	 */
	void part(HandlerCallback callback, Object part, int size, boolean last);

	/**
	 * The server has closed the session: of the calls that wait, only {@code onOpen} and
	 * {@code onClose} are still made. Any thread.
	 */
	void discard();

	/**
	 * The peer has closed the session or broken the protocol: an incomplete message stays
	 * incomplete, and complete messages are still handled.
	 * @return whether calls wait or are being made; then {@link InboundLink#answered} is
	 * called behind them
	 */
	boolean finish(CloseStatus status);

	/** The session is about to end: an incomplete message stays incomplete. */
	void closing(CloseStatus status);

	/** Drops the calls that wait, and frees their memory. */
	default void abandon(CloseStatus status) {
	}

	/** Bytes of memory that {@link #abandon} would free. */
	default long waiting() {
		return 0;
	}

	/** Makes the last call, {@code onClose}. */
	void closed(CloseStatus status);

	/** How many calls wait for a worker or are being made. Any thread. */
	int pending();

	/** Whether messages wait for the handler. Any thread. */
	boolean hasWaiting();

}
