package io.wsboot.server.inbound;

import java.util.List;

import io.wsboot.Execution;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.server.spi.CallbackChain;
import io.wsboot.server.spi.CallbackInterceptor;
import io.wsboot.server.spi.HandshakeInterceptor;

/**
 * What stands before the handlers of all endpoints.
 *
 * @param handshakes asked before the handler, in this order
 * @param callbacks called around the handler, the first outermost
 */
public record Interceptors(List<HandshakeInterceptor> handshakes, List<CallbackInterceptor> callbacks) {

	public Interceptors {
		handshakes = List.copyOf(handshakes);
		callbacks = List.copyOf(callbacks);
	}

	/**
	 * Whether they and a handler decide about handshakes on the event loop, as nothing
	 * there blocks.
	 * @param handler has the last word
	 * @param execution where its endpoint wants that
	 * @param callbacksOnLoop whether the endpoint's callbacks are there, and so may not
	 * block
	 */
	public boolean areAskedOnLoop(WsHandler handler, Execution execution, boolean callbacksOnLoop) {
		if (execution == Execution.WORKER) {
			return false;
		}
		return callbacksOnLoop || this.handshakes.stream().noneMatch(HandshakeInterceptor::needsWorker)
				&& (execution == Execution.EVENT_LOOP || acceptsAll(handler));
	}

	/** Whether a handler leaves it at what every {@link WsHandler} does. */
	private static boolean acceptsAll(WsHandler handler) {
		try {
			return handler.getClass()
				.getMethod("onHandshake", HandshakeRequest.class)
				.getDeclaringClass() == WsHandler.class;
		}
		catch (NoSuchMethodException ex) {
			return false; // a native image does not know
		}
	}

	/** A handler's callbacks with all that surrounds them; put together only once. */
	public CallbackChain around(WsHandler handler) {
		CallbackChain chain = new HandlerDispatch(handler);
		for (int i = this.callbacks.size() - 1; i >= 0; i--) {
			CallbackInterceptor interceptor = this.callbacks.get(i);
			CallbackChain next = chain;
			chain = (session, callback, argument) -> interceptor.intercept(session, callback, argument, next);
		}
		return chain;
	}

}
