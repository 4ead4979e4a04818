package io.wsboot.server;

import io.wsboot.WsSession;
import io.wsboot.server.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds every callback of every session, on whatever thread it runs: for what must be
 * there while the application's code is at work, such as a thread's context. One
 * interceptor serves all sessions, so it must be thread-safe; for one session the calls
 * come one at a time, unless the endpoint is called for several messages at once. It is
 * called once for each message, also on event loops, where it must not block.
 * <p>
 * What a callback throws comes out of {@link CallbackChain#proceed}, and then goes to
 * {@code onError} in a call of its own, {@link HandlerCallback#ERROR}. What an
 * interceptor throws of its own is treated as if the callback had thrown it.
 */
@FunctionalInterface
public interface CallbackInterceptor {

	/**
	 * Surrounds one call. It must go on with the chain exactly once, or throw: a callback
	 * that is left out is one that the application never hears of.
	 * @param session the session
	 * @param callback which callback
	 * @param argument what the callback is about, of the type that goes with the
	 * callback; null if its name says it all. Lent as it is lent to the handler: not to
	 * be kept, read or changed
	 * @param next the other interceptors, and the callback
	 * @throws Throwable what the callback throws, or what keeps it from being called
	 */
	void intercept(WsSession session, HandlerCallback callback, @Nullable Object argument, CallbackChain next)
			throws Throwable;

}
