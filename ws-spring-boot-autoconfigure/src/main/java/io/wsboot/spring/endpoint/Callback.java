package io.wsboot.spring.endpoint;

import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.reply.Reply;
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
	 * @throws Exception if the method fails, or its value cannot be written
	 */
	void call(WsSession session, @Nullable Object event) throws Exception {
		Object value = this.method.invoke(session, event);
		if (value != null) {
			this.reply.send(session, value);
		}
	}

}
