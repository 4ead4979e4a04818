package io.wsboot.spring.endpoint;

import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.reply.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A callback of an open session, and the reply that is made of its return value.
 *
 * @param method the method
 * @param reply sends the return value
 */
record Callback(HandlerMethod<WsSession> method, Reply reply) {

	/**
	 * Calls the method and sends its reply.
	 * @param session the session that the event belongs to
	 * @param event the event; null if the callback has none, as {@code @OnOpen}
	 * @throws Exception if the method fails, or its return value cannot be written
	 */
	void call(WsSession session, @Nullable Object event) throws Exception {
		Object value = this.method.invoke(session, event);
		if (value != null) {
			this.reply.send(session, value);
		}
	}

}
