package io.wsboot.server.spi;

import io.wsboot.WsSession;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a callback, which a {@link CallbackInterceptor} calls: the remaining
 * interceptors and the handler. One chain serves all sessions of an endpoint, so the
 * interceptor passes its own arguments on.
 */
@FunctionalInterface
public interface CallbackChain {

	/**
	 * Calls the next interceptor, or the handler, on the current thread.
	 * @param session the session
	 * @param callback the callback
	 * @param argument the argument of the callback
	 * @throws Throwable if the callback throws
	 */
	void proceed(WsSession session, HandlerCallback callback, @Nullable Object argument) throws Throwable;

}
