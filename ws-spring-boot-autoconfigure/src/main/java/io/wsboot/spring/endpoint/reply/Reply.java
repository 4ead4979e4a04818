package io.wsboot.spring.endpoint.reply;

import java.nio.ByteBuffer;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.method.KotlinCallbacks;

/**
 * Sends the return value of a callback. Replies are chosen at start, by the declared
 * return type.
 */
@FunctionalInterface
public interface Reply {

	/** Sends nothing. */
	Reply NONE = (session, value) -> {
	};

	/** Sends a {@code String}. */
	Reply TEXT = (session, value) -> session.send((String) value);

	/** Sends a {@code byte[]}. */
	Reply BYTES = (session, value) -> session.send(ByteBuffer.wrap((byte[]) value));

	/** Sends a {@code ByteBuffer}. */
	Reply BUFFER = (session, value) -> session.send((ByteBuffer) value);

	/** Sends a {@code Message}. */
	Reply MESSAGE = (session, value) -> session.send((Message) value);

	/**
	 * Sends any other object as a converter writes it.
	 * @param writer turns the object into a message
	 * @return the reply
	 */
	static Reply object(PayloadConverter writer) {
		return (session, value) -> {
			if (!KotlinCallbacks.isUnit(value.getClass())) {
				session.send(writer.toMessage(value));
			}
		};
	}

	/**
	 * Sends a return value.
	 * @param session the session that the callback was called for
	 * @param value the return value, not null
	 * @throws Exception if the value cannot be sent
	 */
	void send(WsSession session, Object value) throws Exception;

}
