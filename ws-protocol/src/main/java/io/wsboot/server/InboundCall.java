package io.wsboot.server;

import io.wsboot.server.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for its turn.
 *
 * @param callback what is to be called
 * @param argument with what
 * @param size payload bytes
 */
record InboundCall(HandlerCallback callback, @Nullable Object argument, int size) {

	/**
	 * Stands behind the calls that our Close frame waits for, and with {@code CLOSE} for
	 * none beside them.
	 */
	static final InboundCall LAST = new InboundCall(HandlerCallback.CLOSE, null, 0);

	boolean isMessage() {
		return this.callback == HandlerCallback.TEXT || this.callback == HandlerCallback.BINARY;
	}

}
