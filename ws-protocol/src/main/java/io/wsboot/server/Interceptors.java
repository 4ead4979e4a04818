package io.wsboot.server;

import java.util.List;

import io.wsboot.WsHandler;

/**
 * What stands before the handlers of all endpoints.
 *
 * @param handshakes asked before the handler, in this order
 * @param callbacks called around the handler, the first outermost
 */
record Interceptors(List<HandshakeInterceptor> handshakes, List<CallbackInterceptor> callbacks) {

	Interceptors {
		handshakes = List.copyOf(handshakes);
		callbacks = List.copyOf(callbacks);
	}

	/** A handler's callbacks with all that surrounds them; put together only once. */
	CallbackChain around(WsHandler handler) {
		CallbackChain chain = new HandlerDispatch(handler);
		for (int i = this.callbacks.size() - 1; i >= 0; i--) {
			CallbackInterceptor interceptor = this.callbacks.get(i);
			CallbackChain next = chain;
			chain = (session, callback, argument) -> interceptor.intercept(session, callback, argument, next);
		}
		return chain;
	}

}
