package io.wsboot.server;

import io.wsboot.WsSession;
import io.wsboot.server.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a callback for a {@link CallbackInterceptor} to go on with. It is the
 * same for all sessions of an endpoint, and so takes what the interceptor was given.
 */
@FunctionalInterface
public interface CallbackChain {

	/**
	 * Calls the next interceptor, or the handler, on this thread.
	 * @param session the session
	 * @param callback which callback
	 * @param argument what the callback is about
	 * @throws Throwable what the callback throws
	 */
	void proceed(WsSession session, HandlerCallback callback, @Nullable Object argument) throws Throwable;

}
