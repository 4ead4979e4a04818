package io.wsboot.server.spi;

import io.wsboot.WsSession;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * Wraps every callback of every session, on the thread that runs the callback; for
 * example to set a context for the application's code. One interceptor serves all
 * sessions, so an interceptor must be thread-safe. For each session the calls come one at
 * a time, unless the endpoint processes several messages at once. An interceptor is
 * called for each message, also on event loops, where it must not block.
 * <p>
 * {@link CallbackChain#proceed} throws what the callback throws. The error then goes to
 * the handler's {@code onError} in a call of its own, {@link HandlerCallback#ERROR}. An
 * error that an interceptor throws is treated as if the callback had thrown the error.
 */
@FunctionalInterface
public interface CallbackInterceptor {

	/**
	 * Wraps one call. An interceptor must call {@code next} exactly once, or throw: the
	 * application never learns of a callback that is left out.
	 * @param session the session
	 * @param callback the callback
	 * @param argument the argument of the callback, whose type depends on the callback;
	 * null if the callback has none. The argument is lent as it is lent to the handler,
	 * and an interceptor must not keep, read or change it
	 * @param next the remaining interceptors and the handler
	 * @throws Throwable if the callback throws, or if the interceptor prevents the
	 * callback
	 */
	void intercept(WsSession session, HandlerCallback callback, @Nullable Object argument, CallbackChain next)
			throws Throwable;

}
