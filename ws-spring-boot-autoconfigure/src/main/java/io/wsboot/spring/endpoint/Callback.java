package io.wsboot.spring.endpoint;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * A callback of an open session, and what is done with what it returns.
 *
 * @param method the callback
 * @param reply what is done with its value
 */
record Callback(HandlerMethod<WsSession> method, Reply reply) {

	/**
	 * Calls the method and sends its reply.
	 * @param session the session
	 * @param event what happened
	 * @param endpoint is told of a failure that comes after this call
	 * @throws Exception if the method fails, or its value cannot be written
	 */
	void call(WsSession session, @Nullable Object event, WsHandler endpoint) throws Exception {
		Object value = this.method.invoke(session, event);
		if (value != null) {
			this.reply.send(session, value, endpoint);
		}
	}

}
